// npm run docs:generate: writes the reference pages that come from the code.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkoutRoot } from './checkout-root.ts';
import { renderPages } from './docs/generated-pages.ts';

for (const { path, text } of await renderPages()) {
  const file = join(checkoutRoot, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${path}`);
}

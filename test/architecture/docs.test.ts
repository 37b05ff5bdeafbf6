import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPages } from '../../scripts/docs/generated-pages.ts';
import { errorRegistry } from '../../services/core/errors.ts';
import { knownVariables } from '../../services/platform/runtime/known-variables.ts';
import { namedTests } from './rules/named-tests.ts';
import { checkoutRoot } from './source-tree.ts';

const read = (path: string) => readFile(join(checkoutRoot, path), 'utf8');

/** What stands in the first column of a table, between backticks. */
function firstColumn(text: string): string[] {
  return [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map((match) => match[1] ?? '').toSorted();
}

describe('the documentation', () => {
  it('is what npm run docs:generate writes', async () => {
    for (const { path, text } of await renderPages()) {
      expect(await read(path), `${path} is stale: run npm run docs:generate`).toBe(text);
    }
  });

  it('has every error code, and no code that does not exist', async () => {
    expect(firstColumn(await read('docs/reference/errors.md'))).toEqual(Object.keys(errorRegistry).toSorted());
  });

  it('has every variable, and no variable that does not exist', async () => {
    const names = knownVariables.map(({ name }) => name).toSorted();
    expect(firstColumn(await read('docs/reference/configuration.md'))).toEqual(names);
  });

  it('names tests that exist', async () => {
    for (const page of ['docs/requirements.md', 'docs/ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md']) {
      const missing = namedTests(await read(page)).filter((path) => !existsSync(join(checkoutRoot, path)));
      expect(missing, `named in ${page}`).toEqual([]);
    }
  });
});

describe('the reader of named tests', () => {
  it('finds every test file a text names, once', () => {
    const text = '| `test/unit/core/a.test.ts`, test/e2e/b.test.ts | `test/unit/core/a.test.ts` | test/unit | latest |';
    expect(namedTests(text)).toEqual(['test/unit/core/a.test.ts', 'test/e2e/b.test.ts']);
  });
});

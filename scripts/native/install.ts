// npm run native:install: the native TensorFlow backend, under .tidewatch/native. WASM needs none of it.
import process from 'node:process';
import { checkoutRoot } from '../checkout-root.ts';
import { runScript } from '../run-script.ts';
import { installNative } from './install-native.ts';

await runScript(async () => {
  await installNative({ root: checkoutRoot, node: process.execPath, log: (line) => console.error(line) });
  return 0;
});

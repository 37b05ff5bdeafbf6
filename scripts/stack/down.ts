// npm run stack:down: ends the stack of stack:up.
import { withLock } from '../bootstrap/lock-directory.mjs';
import { checkoutRoot } from '../checkout-root.ts';
import { runScript } from '../run-script.ts';
import { endStack } from './local/end-stack.ts';
import { stackPaths } from './local/stack-paths.ts';
import { readRecord } from './local/stack-record.ts';

await runScript(async () => {
  const { warm } = stackPaths(checkoutRoot);
  return await withLock(`${warm}.lock`, async () => {
    const record = await readRecord(warm);
    await endStack(warm);
    console.log(record === null ? 'No stack of stack:up is running.' : 'The stack is down.');
    return 0;
  });
});

// Ends a local stack when the process it belongs to is gone, however it went: the pipe on stdin closes even after a
// kill -9. Runs in a session of its own. A stack that was stopped properly, or that became the warm one, is left alone.
//   node guardian.ts RECORD
import process from 'node:process';
import { endStack } from './end-stack.ts';
import { readRecord } from './stack-record.ts';

const [recordPath = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.stdin.on('error', () => undefined);
process.stdin.resume();
process.stdin.once('close', () => void endIfOwned());
process.stdout.write('on guard\n');

async function endIfOwned(): Promise<void> {
  const record = await readRecord(recordPath);
  if (record?.owner != null) await endStack(recordPath);
  process.exit(0);
}

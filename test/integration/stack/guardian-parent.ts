// Stands for a start with a stack of two idle programs. Usage: node guardian-parent.ts RECORD HOME owned|warm
import process from 'node:process';
import { launchProcess } from '../../../scripts/stack/local/launch-process.ts';
import { identifyProcess } from '../../../scripts/stack/local/process-identity.ts';
import { startGuardian } from '../../../scripts/stack/local/start-guardian.ts';
import { writeRecord } from '../../../scripts/stack/local/stack-record.ts';

const [recordPath = '', home = '', belongs = 'owned'] = process.argv.slice(2);
const guardian = await startGuardian(recordPath);
const idle = (name: string) => ({
  name,
  command: process.execPath,
  args: ['-e', 'setInterval(() => undefined, 1000)'],
  cwd: home,
  env: {},
  startedMark: /./,
  graceMs: 5_000,
});
const launched = await Promise.all(['redis', 'kafka'].map((name) => launchProcess(idle(name), `${home}/logs`)));
const processes = launched.map(({ recorded }) => recorded);
await writeRecord(recordPath, {
  owner: belongs === 'owned' ? await identifyProcess(process.pid) : null,
  processes,
  home,
  ports: { kafka: 1, controller: 2, registry: 3, redis: 4 },
  temporary: belongs === 'owned',
  addresses: null,
  reason: 'test',
});
console.log(JSON.stringify({ processes, guardian: guardian.pid }));
setInterval(() => undefined, 1_000);

import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { LaunchedProcess } from '../../../scripts/stack/local/launch-process.ts';
import type { ProcessSpec } from '../../../scripts/stack/local/process-spec.ts';
import { awaitReady } from '../../../scripts/stack/readiness/await-ready.ts';
import type { ServerHome } from './server-home.ts';

/** A server that a test starts, kills, freezes and starts again on the same data. */
export interface KillableServer {
  /** Resolves once it answers. */
  start(): Promise<void>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay, nothing answers. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

const startedWithinMs = 90_000;

export function createKillableServer(home: ServerHome, spec: ProcessSpec, ask: () => Promise<void>): KillableServer {
  let running: LaunchedProcess | null = null;

  function send(signal: NodeJS.Signals): void {
    if (running === null) throw new Error(`${spec.name} does not run`);
    process.kill(running.recorded.pid, signal);
  }

  return {
    async start() {
      const launched = await home.launch(spec);
      running = launched;
      const askOurs = async (): Promise<void> => {
        const log = await readFile(launched.logFile, 'utf8');
        if (!spec.startedMark.test(log)) throw new Error(log.slice(-2_000));
        await ask();
      };
      await awaitReady(askOurs, { what: spec.name, timeoutMs: startedWithinMs, giveUp: launched.ended });
    },
    async kill() {
      send('SIGKILL');
      await running?.end;
      running = null;
    },
    freeze: () => send('SIGSTOP'),
    thaw: () => send('SIGCONT'),
  };
}

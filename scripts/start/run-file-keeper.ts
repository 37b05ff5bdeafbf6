import type { EventFeed } from './feeds/event-feed.ts';
import { removeRunFile, writeRunFile, type RunFile } from './run-file.ts';
import type { RunningSystem } from './running-system.ts';

/** Keeps run.json true while the run lasts: process ids change when a service is started again. */
export interface RunFileKeeper {
  write(system: RunningSystem, feed: EventFeed): Promise<void>;
  /** Writes again what has changed; nothing before the first `write` or after `remove`. */
  refresh(): void;
  remove(): Promise<void>;
}

export function createRunFileKeeper(path: string, topicPrefix: string): RunFileKeeper {
  let describe: (() => RunFile) | null = null;
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    writing = writing.then(async () => {
      if (describe !== null) await writeRunFile(path, describe());
    });
    return writing;
  };
  return {
    write: (system, feed) => {
      describe = () => describeRun(system, feed, topicPrefix);
      return write();
    },
    refresh: () => void write().catch(() => undefined),
    remove: async () => {
      describe = null;
      await writing.catch(() => undefined);
      await removeRunFile(path);
    },
  };
}

function describeRun(system: RunningSystem, feed: EventFeed, topicPrefix: string): RunFile {
  const { stack, tenant, writeKeys, apiToken, urls, services } = system;
  const feedPid = feed.pid();
  const simulator: Record<string, number> = feed.kind === 'demo' && feedPid !== null ? { simulator: feedPid } : {};
  return {
    mode: stack.mode,
    tenant: tenant.id,
    topicPrefix,
    kafka: stack.kafka,
    schemaRegistry: stack.schemaRegistry,
    redis: stack.redis,
    ...urls,
    console: null,
    writeKey: Object.values(writeKeys)[0],
    adminToken: apiToken,
    pids: { start: process.pid, ...services.pids(), ...simulator, ...stack.pids },
  };
}

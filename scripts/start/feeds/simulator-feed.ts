import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../services/core/errors.ts';
import type { SimulationProgress } from '../../../simulator/run-simulation.ts';
import type { SimulationSummary } from '../../../simulator/simulate.ts';
import { noAnswers } from '../../../simulator/answer-counts.ts';
import { readLastLines } from '../../stack/local/last-lines.ts';
import type { RunPaths } from '../run-paths.ts';
import { endChild, startChild } from '../services/child-process.ts';
import type { EventFeed } from './event-feed.ts';

export interface SimulatorFeedOptions {
  readonly ingest: string;
  readonly seed: number;
  readonly rate: number;
  readonly currency: string;
  /** Source to write key; handed over in the environment, never on the command line. */
  readonly writeKeys: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly paths: RunPaths;
}

/** The simulator's own limit to send what is left is half of this. */
const stopGraceMs = 30_000;

/** Runs the demo business as a process of its own. */
export async function startSimulatorFeed(options: SimulatorFeedOptions): Promise<EventFeed> {
  const { paths } = options;
  const logFile = join(paths.logs, 'simulator.log');
  await rm(paths.simulatorSummary, { force: true });
  await rm(logFile, { force: true });
  const child = startChild({
    file: 'simulator/main.ts',
    args: simulatorArguments(options),
    env: { ...options.env, TIDEWATCH_WRITE_KEYS: JSON.stringify(options.writeKeys) },
    logFile,
  });
  let progress: SimulationProgress | null = null;
  let open: ReadonlySet<string> = new Set();
  let isStopping = false;
  child.on('message', (message: { type?: string; progress?: SimulationProgress }) => {
    if (message.type === 'progress' && message.progress !== undefined) progress = message.progress;
  });
  const finished = new Promise<void>((_, reject) => {
    child.once('exit', (code) => {
      if (!isStopping) void describeEnd(logFile, code).then(reject);
    });
  });
  finished.catch(() => undefined);
  return {
    kind: 'demo',
    finished,
    counts: () => progress?.counts ?? noAnswers,
    isOwn: (record) => progress !== null && record.eventId.startsWith(`${progress.runId}-`),
    isOpen: (record) => open.has(record.eventId),
    phase: () => (progress?.phase === 'live' ? 'live' : 'importing history'),
    pid: () => (child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null),
    stop: async () => {
      isStopping = true;
      await endChild(child, stopGraceMs);
      const summary = await readSummary(paths.simulatorSummary);
      progress = summary ?? progress;
      open = new Set(summary?.openMessageIds);
    },
  };
}

function simulatorArguments({ ingest, seed, rate, currency, paths }: SimulatorFeedOptions): string[] {
  const flags = { ingest, seed, rate, currency, truth: paths.truth, summary: paths.simulatorSummary };
  return Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function readSummary(path: string): Promise<SimulationSummary | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SimulationSummary;
  } catch {
    return null;
  }
}

async function describeEnd(logFile: string, code: number | null): Promise<EngineError> {
  const lines = await readLastLines(logFile, 20);
  const message = `The simulator ended by itself (exit code ${code}). The end of ${logFile}:\n${lines}`;
  return new EngineError('ERR_INTERNAL', message, { retryable: false });
}

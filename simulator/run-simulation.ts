import type { EpochMs } from '../services/core/units.ts';
import type { AnswerCounts } from './answer-counts.ts';
import type { Customer } from './customer.ts';
import type { SegmentSender } from './segment-sender.ts';
import { nameRun, planHistory, planLive, type SimulationOptions } from './simulation-plan.ts';

export interface SimulationProgress {
  /** Begins every message id of this run. */
  readonly runId: string;
  readonly phase: 'history' | 'live';
  /** Distinct messages handed to the client. */
  readonly messages: number;
  /** All deliveries, duplicates included. */
  readonly deliveries: number;
  readonly counts: AnswerCounts;
}

export interface SimulationRun {
  readonly seed: number;
  readonly customers: readonly Customer[];
  readonly reference: EpochMs;
  readonly currency: string;
  readonly rate: number;
  readonly sender: SegmentSender;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SimulationProgress) => void;
}

const progressEveryMs = 500;

/** Sends the past as fast as ingest takes it, then the live events at their rate, until the signal says stop. */
export async function runSimulation(run: SimulationRun): Promise<SimulationProgress> {
  const plan: SimulationOptions = run;
  const report = createProgress(run);
  const timer = setInterval(() => run.onProgress(report.current()), progressEveryMs);
  try {
    for (const { call, isDuplicate } of planHistory(plan)) {
      if (run.signal.aborted) return report.current();
      await run.sender.send(call);
      report.noteDelivery(isDuplicate);
    }
    await run.sender.settled();
    report.goLive();
    run.onProgress(report.current());
    for (const { call, deliverAt, isDuplicate } of planLive(plan, { liveStart: Date.now(), rate: run.rate })) {
      await sleepUntil(deliverAt, run.signal);
      if (run.signal.aborted) break;
      await run.sender.send(call);
      report.noteDelivery(isDuplicate);
    }
    return report.current();
  } finally {
    clearInterval(timer);
  }
}

function createProgress(run: SimulationRun): {
  noteDelivery(isDuplicate: boolean): void;
  goLive(): void;
  current(): SimulationProgress;
} {
  const runId = nameRun(run);
  let phase: SimulationProgress['phase'] = 'history';
  let messages = 0;
  let deliveries = 0;
  return {
    noteDelivery: (isDuplicate) => {
      deliveries += 1;
      if (!isDuplicate) messages += 1;
    },
    goLive: () => {
      phase = 'live';
    },
    current: () => ({ runId, phase, messages, deliveries, counts: run.sender.counts() }),
  };
}

function sleepUntil(at: EpochMs, signal: AbortSignal): Promise<void> {
  const waitMs = at - Date.now();
  if (waitMs <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, waitMs);
    signal.addEventListener('abort', finish);
  });
}

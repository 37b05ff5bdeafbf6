import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createPopulation } from './customer-population.ts';
import { runSimulation, type SimulationProgress } from './run-simulation.ts';
import { openSegmentSender } from './segment-sender.ts';
import type { SimulatorArguments } from './simulator-arguments.ts';
import { writeTruth } from './truth-file.ts';
import { readWriteKeys } from './write-keys.ts';

export interface SimulatorEffects {
  readonly writeKeysJson: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SimulationProgress) => void;
}

/** What is left on disk for whoever closes the books. */
export interface SimulationSummary extends SimulationProgress {
  /** Messages given up without an answer: nobody knows whether they are on the topic. */
  readonly openMessageIds: readonly string[];
}

const closeTimeoutMs = 15_000;

/** One run of the simulator: truth on the side, history, live events, and the final counts once told to stop. */
export async function simulate(options: SimulatorArguments, effects: SimulatorEffects): Promise<SimulationSummary> {
  const reference = options.reference === undefined ? Date.now() : Date.parse(options.reference);
  const writeKeys = await readWriteKeys(options.writeKeys, effects.writeKeysJson);
  const { seed, historyDays, currency, rate } = options;
  const customers = createPopulation({ seed, customers: options.customers, historyDays, reference });
  await writeTruth(options.truth, customers, { seed, reference });
  const { signal, onProgress } = effects;
  const sender = await openSegmentSender({ ingest: options.ingest, writeKeys, signal });
  const last = await runSimulation({ seed, customers, reference, currency, rate, sender, signal, onProgress });
  await sender.close(closeTimeoutMs);
  const summary = { ...last, counts: sender.counts(), openMessageIds: sender.openMessageIds() };
  if (options.summary !== undefined) await writeSummary(options.summary, summary);
  return summary;
}

async function writeSummary(path: string, summary: SimulationSummary): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(summary, null, 2)}\n`);
}

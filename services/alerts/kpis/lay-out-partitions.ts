import { EngineError } from '../../core/errors.ts';
import type { KpiLayout, KpiStore } from '../../core/ports/kpi-store.ts';
import type { LogBounds } from '../../core/ports/log-bounds.ts';
import type { KpiTelemetry } from './kpi-telemetry.ts';

export interface LayOutDeps {
  readonly store: KpiStore;
  readonly telemetry: Pick<KpiTelemetry, 'recounts'>;
  /** Digest of the rules that this process counts by. */
  readonly rules: string;
}

/**
 * Sees to it that cells and log are laid out alike. A customer's ledger lies with the partition of their facts, so a log
 * of another number of partitions cannot be counted on: their next facts would meet an empty ledger elsewhere. Nor can
 * what other rules counted. Of a log that was created again, whatever its number, everything is counted anew.
 * @throws EngineError ERR_LOG_REPARTITIONED where partitions were added to the very log that is counted
 * @throws EngineError ERR_KPI_RULES_CHANGED where other rules than ours have counted it
 */
export async function layOutPartitions(deps: LayOutDeps, { logId, partitions }: LogBounds): Promise<void> {
  const { store, rules } = deps;
  const ours: KpiLayout = { logId, partitions: partitions.length, rules };
  const layout = await store.layout();
  if (layout?.logId === logId && layout.partitions === ours.partitions && layout.rules === rules) return;
  if (layout !== null && isOtherLog(layout.logId, logId)) await forgetOtherLog(deps, layout, ours);
  else if (layout !== null) await requireSameCount(store, layout, ours);
  await store.layOut(ours);
}

/** Null where it cannot be known: then nothing tells two logs apart but their lengths. */
export function isOtherLog(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** Of all partitions at once: one that gets no fact for a while would go on showing what the log before held. */
async function forgetOtherLog({ store, telemetry }: LayOutDeps, before: KpiLayout, ours: KpiLayout): Promise<void> {
  for (let partition = 0; partition < before.partitions; partition++) {
    const mark = await store.mark(partition);
    if (mark === null || (mark.logId === ours.logId && partition < ours.partitions)) continue;
    if (await store.forget(partition, mark)) telemetry.recounts(partition, 'other-log');
  }
}

async function requireSameCount(store: KpiStore, before: KpiLayout, ours: KpiLayout): Promise<void> {
  if (before.partitions !== ours.partitions) throw repartitioned(before.partitions, ours.partitions);
  // A layout of a release that wrote down no rules is taken as it is.
  if (before.rules === null || before.rules === ours.rules) return;
  // Nothing is counted before the first fact, and after `tidewatch kpi rebuild`.
  if (await isAnythingCounted(store, before)) throw rulesChanged(before.rules, ours.rules);
}

async function isAnythingCounted(store: KpiStore, { partitions }: KpiLayout): Promise<boolean> {
  const marks = await Promise.all(Array.from({ length: partitions }, (_, partition) => store.mark(partition)));
  return marks.some((mark) => mark !== null);
}

function repartitioned(before: number, now: number): EngineError {
  return new EngineError(
    'ERR_LOG_REPARTITIONED',
    `The topic of KPI facts had ${before} partitions and has ${now}: a customer's facts are in two of them, and would be ` +
      'counted twice. Delete the topic and have its facts made again; docs/reference/kpi-aggregation.md says how.',
    // Tried again: whoever creates the topic anew need not start the service again.
    { retryable: true, context: { before, now } },
  );
}

function rulesChanged(before: string, now: string | null): EngineError {
  return new EngineError(
    'ERR_KPI_RULES_CHANGED',
    `KPIs stand as they were counted by other rules (${before}) than the section "counting" of the KPI file has now (${now}); ` +
      'figures of both would be mixed, so nothing is counted. Put the section back, or have all counted anew by the new ' +
      'rules: tidewatch kpi rebuild --yes.',
    // Tried again: whoever counts anew need not start the service again.
    { retryable: true, context: { before, now } },
  );
}

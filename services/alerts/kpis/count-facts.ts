import { applyKpiFact } from '../../core/kpis/apply-kpi-fact.ts';
import { decodeLedger, encodeLedger } from '../../core/kpis/ledger-format.ts';
import type { KpiMark, KpiStore } from '../../core/ports/kpi-store.ts';
import type { HeldMarks } from './held-marks.ts';
import type { KpiChunk } from './kpi-context.ts';
import type { KpiDeps } from './kpi-deps.ts';
import { movedOn } from './take-up-mark.ts';

/** The ledgers of the chunk's customers. */
export async function loadLedgers(store: KpiStore, { chunk, customers }: KpiChunk): Promise<void> {
  const works = [...customers.values()];
  const stored = await store.ledgers(chunk.partition, works.map(({ key }) => key)); // prettier-ignore
  for (const [i, work] of works.entries()) {
    const bytes = stored[i];
    if (bytes !== null) work.ledger = decodeLedger(bytes);
  }
}

/** Pure: fact after fact of each customer; see core/kpis/apply-kpi-fact.ts. */
export function countFacts({ customers, changes, tally }: KpiChunk): void {
  for (const work of customers.values()) {
    for (const fact of work.facts) {
      const applied = applyKpiFact(work.ledger, fact, work.rules);
      tally[applied.result] += 1;
      if (applied.result !== 'counted') continue;
      work.ledger = applied.ledger;
      work.hasChanged = true;
      for (const change of applied.changes) changes.push({ tenant: fact.tenant, change });
    }
  }
}

/**
 * Mark, ledgers and cells at once, if the mark is still the one that counting began with. A chunk that was counted before
 * leaves nothing to write.
 * @throws EngineError ERR_STATE_CONFLICT where somebody else has moved the mark: it is read again
 */
export async function writeCounts(
  { store, telemetry, marks }: Pick<KpiDeps, 'store' | 'telemetry'> & { readonly marks: HeldMarks },
  { chunk, mark: expected, customers, changes, tally, connectionEpoch, lost }: KpiChunk,
): Promise<void> {
  const { partition, records } = chunk;
  const last = records[records.length - 1];
  if (expected !== null && last.offset < expected.nextOffset) {
    marks.hold(partition, expected, connectionEpoch);
    return;
  }
  const mark: KpiMark = { logId: chunk.logId ?? expected?.logId ?? null, nextOffset: last.offset + 1 };
  const ledgers = [...customers.values()]
    .filter(({ hasChanged }) => hasChanged)
    .map(({ key, ledger }) => ({ key, bytes: encodeLedger(ledger) }));
  if (!(await store.apply(partition, { expected, mark, ledgers, changes }))) throw movedOn(partition);
  marks.hold(partition, mark, connectionEpoch);
  if (lost > 0) telemetry.lost(partition, lost);
  telemetry.counted(partition, tally, last.timestamp);
}

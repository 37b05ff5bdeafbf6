import { EngineError } from '../core/errors.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { EpochDay } from '../core/units.ts';
import { adoptCustomers, type AdoptDeps } from './adopt-customers.ts';
import type { PartitionControl } from './partition-control.ts';
import { readControls } from './read-control.ts';
import type { ScorerContext } from './scorer-context.ts';

export interface TakeOverDeps extends Pick<AdoptDeps, 'index' | 'tenants'> {
  readonly store: StateStore;
}

/**
 * Makes sure, once per epoch but the first, that every partition of the old epoch is done with its own last record and
 * has applied its closed days, and takes over the customers that belong to this partition from now on, and the days
 * that were closed before they came.
 * @throws EngineError ERR_EPOCH_PENDING (retryable) while a partition of the old epoch still works
 */
export async function takeOverEpoch(context: ScorerContext, deps: TakeOverDeps): Promise<void> {
  const { control, chunk } = context;
  if (control.epoch <= 1 || control.adoptedEpoch >= control.epoch) return;
  const others = await loadControls(deps.store, control);
  const behind = partitionsBehind(others, control);
  if (behind.length > 0) throw pending(chunk.partition, control.epoch, behind);
  const { index, tenants } = deps;
  await adoptCustomers({
    index,
    tenants,
    partition: chunk.partition,
    partitions: control.partitions,
    from: others.length,
    heartbeat: () => context.lease.heartbeat(),
  });
  for (const [tenant, day] of closedEverywhere(others, control.epoch)) {
    control.closedDays.set(tenant, Math.max(day, control.closedDays.get(tenant) ?? 0));
  }
  control.adoptedEpoch = control.epoch;
  context.isControlChanged = true;
}

/**
 * The days that every partition of the old epoch closed. A day that only some had closed is closed on the others in the
 * new epoch: whoever counted it as closed would pass over the record that brings it to their customers.
 */
function closedEverywhere(others: readonly (PartitionControl | null)[], epoch: number): Map<string, EpochDay> {
  const ended = others.flatMap((other) => (other?.epoch === epoch && other.previousPartitions > 0 ? [other] : []));
  const [first, ...rest] = ended.map(({ closedBefore }) => new Map(closedBefore));
  const closed = new Map(first);
  for (const days of rest) {
    for (const [tenant, day] of closed) {
      const other = days.get(tenant);
      if (other === undefined) closed.delete(tenant);
      else closed.set(tenant, Math.min(day, other));
    }
  }
  return closed;
}

/** Controls of partitions 0, 1 …, of this epoch and, where that had more, of the ones before; null where none is. */
async function loadControls(store: StateStore, { partitions }: PartitionControl): Promise<(PartitionControl | null)[]> {
  const controls: (PartitionControl | null)[] = [];
  for (;;) {
    const next = Array.from({ length: partitions }, (_, i) => controls.length + i);
    const found = await readControls(store, next);
    controls.push(...found);
    if (found.every((each) => each === null)) return controls;
  }
}

/** Of the partitions that the old epoch had, as far as anybody knows how many those were, the ones still in it. */
function partitionsBehind(others: readonly (PartitionControl | null)[], { epoch, partitions }: PartitionControl) {
  const counts = others.map((other) => {
    if (other === null) return 0;
    return other.epoch < epoch ? other.partitions : other.previousPartitions;
  });
  const before = Math.max(...counts);
  const waitedFor = Math.min(partitions, before > 0 ? before : partitions);
  return others.flatMap((other, partition) => (partition < waitedFor && isInOldEpoch(other, epoch) ? [partition] : []));
}

function isInOldEpoch(control: PartitionControl | null, epoch: number): boolean {
  return control === null || control.epoch < epoch || control.pendingDays.some((each) => each.epoch < epoch);
}

function pending(partition: number, epoch: number, behind: readonly number[]): EngineError {
  return new EngineError(
    'ERR_EPOCH_PENDING',
    `Partition ${partition} waits to begin epoch ${epoch} of the events topic until partitions ${behind.join(', ')} ` +
      'have ended the one before.',
    { retryable: true, context: { partition, epoch } },
  );
}

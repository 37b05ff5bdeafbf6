import type { CustomerIndex } from '../../core/ports/customer-index.ts';
import type { LogSource, PartitionLease } from '../../core/ports/log.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import { belongsTo } from '../adopt-customers.ts';
import { closeCustomerDays } from '../close-customer-days.ts';
import type { PartitionControl, SweepProgress } from '../partition-control.ts';
import { readControl } from '../read-control.ts';
import type { ScorerPipeline } from '../pipeline.ts';
import type { ScorerContext } from '../scorer-context.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import { takeOverEpoch } from '../take-over-epoch.ts';
import { customerId, loadCustomers } from '../steps/load-states.ts';

export interface DaySweepDeps extends ScorerDeps {
  readonly source: Pick<LogSource, 'health'>;
  readonly pipeline: Pick<ScorerPipeline, 'begin' | 'abandon' | 'stages'>;
  /** Customers handled at a time; a chunk that comes meanwhile waits for no more than these. */
  readonly pageSize?: number;
}

/**
 * Applies closed days to the customers who had no record of their own since, a page of customers at a time. A page is
 * a small chunk without records: the same stages score, publish and store it, and how far it came is stored with the
 * partition's control, so that it goes on there after a crash. Call it in the partition's lane.
 * @returns whether another page is due
 */
export type DaySweep = (partition: number) => Promise<boolean>;

/** What follows the folding of a chunk also follows the closing of days. */
const stagesAfterFold: ReadonlySet<string> = new Set([
  'predict', 'facts', 'index', 'produce', 'write', 'latest', 'watermark', 'observe',
]); // prettier-ignore
const defaultPageSize = 200;

export function createDaySweep(deps: DaySweepDeps): DaySweep {
  const { source, pipeline, index, pageSize = defaultPageSize } = deps;
  const stages = pipeline.stages.filter(({ name }) => stagesAfterFold.has(name));

  return async function sweepPage(partition) {
    const owned = source.health().find((each) => each.partition === partition);
    if (owned === undefined) return false;
    const context = pipeline.begin({ topic: '', partition, logId: null, records: [], highWatermark: 0 }, noLease);
    try {
      const held = deps.controls.get(partition);
      context.control = held ?? (await readControl(deps.store, partition));
      // As where a chunk loads the control: another writer may have passed since these customers were cached.
      if (held === undefined) deps.cache.dropPartition(partition);
      const { control } = context;
      const progress = nextSweep(control);
      // A control behind the log is one that the store forgot: the partition is about to be read again.
      if (progress === null || control.watermark + 1 < owned.offset) return false;
      // The days of an old epoch are the old partition's own to apply; the new epoch waits for that.
      if (progress.epoch === control.epoch) await takeOverEpoch(context, deps);
      const page = await index.page(partition, progress.tenant, progress.after, pageSize);
      await closePage(context, progress, page, deps);
      finishPage(control, progress, page.length < pageSize ? null : page[page.length - 1]);
      context.isControlChanged = true;
      for (const stage of stages) await stage.run(context);
      return nextSweep(control) !== null;
    } catch (error) {
      pipeline.abandon(context);
      throw error;
    }
  };
}

/** Where the sweep of a partition goes on: in the midst, or with the oldest day that waits. */
function nextSweep({ sweep, pendingDays }: PartitionControl): SweepProgress | null {
  if (sweep !== null) return sweep;
  if (pendingDays.length === 0) return null;
  const { tenant, epoch, partitions } = pendingDays[0];
  const together = pendingDays.filter((each) => each.tenant === tenant && each.epoch === epoch);
  return { tenant, until: Math.max(...together.map(({ day }) => day)), epoch, partitions, after: null };
}

async function closePage(
  context: ScorerContext,
  { tenant: tenantId, until, partitions }: SweepProgress,
  page: CustomerIndexPage,
  deps: DaySweepDeps,
): Promise<void> {
  const tenant = deps.tenants.get(tenantId);
  if (tenant === undefined) return;
  const { partition } = context.chunk;
  const served = { modelHash: deps.modelHash, backend: deps.model.backend, segments: deps.segments.version };
  const wanted = new Map<string, CustomerKey>();
  for (const surrogate of page) {
    // A customer whose records stood on another partition when the day was closed is that one's to sweep.
    if (!belongsTo(surrogate, partition, partitions)) continue;
    wanted.set(customerId(tenantId, surrogate), { tenant: tenantId, surrogate });
  }
  await loadCustomers(context, wanted, deps);
  for (const entry of context.customers.values()) {
    if (entry.state.version > 0) closeCustomerDays(context, entry, { tenant, served, until });
  }
}

type CustomerIndexPage = Awaited<ReturnType<CustomerIndex['page']>>;

/** @param last last customer of the page; null when it was the last page */
function finishPage(control: PartitionControl, progress: SweepProgress, last: string | null): void {
  const { tenant, until } = progress;
  if (last !== null) {
    control.sweep = { ...progress, after: last };
    return;
  }
  control.sweep = null;
  control.pendingDays = control.pendingDays.filter((each) => each.tenant !== tenant || each.day > until);
}

/** A page has no offset to commit; what fences it is the compare-and-set. */
const noLease: PartitionLease = {
  isCurrent: () => true,
  heartbeat: () => Promise.resolve(),
  commit: () => Promise.resolve(),
  seek: () => undefined,
};

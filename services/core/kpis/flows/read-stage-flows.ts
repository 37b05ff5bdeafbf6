import { isMonthly, type Period } from '../period.ts';
import type { CellSource } from '../scorecard/cell-source.ts';

/** How many customers a stage has, and how many came and went. */
export interface StageFlow {
  /** `retail5.growing`: the scheme and the stage. */
  readonly stage: string;
  /** Customers with an order, and known people without one, when the period ended; null for days and weeks. */
  readonly atEnd: number | null;
  readonly entries: number;
  readonly exits: number;
}

/** The stages of a period with their flows, in the order of their names; empty where nothing was counted. */
export async function readStageFlows(source: CellSource, period: Period): Promise<readonly StageFlow[]> {
  const stages = [...(await source.slices(period, 'stage'))].map(([stage, { cell }]) => ({
    stage,
    atEnd: isMonthly(period.kind) ? cell('relation_customers') + cell('potential_customers') : null,
    entries: cell('stage_entries'),
    exits: cell('stage_exits'),
  }));
  return stages.filter(({ atEnd, entries, exits }) => (atEnd ?? 0) !== 0 || entries !== 0 || exits !== 0);
}

import { cells } from '../cells.ts';
import { type CellReader, cellsOf, evaluate } from '../expression.ts';
import { type Interval, netScoreDifference, shareDifference } from './difference-interval.ts';
import { formulaShape } from './formula-shape.ts';
import { type FrozenKpi, frozenCells } from './frozen-kpi.ts';

/**
 * Why a difference has no interval:
 * - `no-value`: there is no value before or after
 * - `no-variance`: a mean, a sum or a stock, of which the cells keep no spread
 * - `not-a-part`: what is divided is no part of what it is divided by, so it is no share of cases
 * - `too-few`: too few answers
 * - `unknown-cell`: the frozen formula reads a cell that is not counted any more
 */
export type NoInterval = 'no-value' | 'no-variance' | 'not-a-part' | 'too-few' | 'unknown-cell';

export interface Comparison {
  readonly kpi: FrozenKpi;
  readonly before: number | null;
  /** By the definition that was frozen, whatever is in force now. */
  readonly after: number | null;
  readonly difference: number | null;
  /** 95 %; null where `noInterval` says why. */
  readonly interval: Interval | null;
  readonly noInterval: NoInterval | null;
  /** `open` where chance alone may have made the difference; null without an interval, or of a KPI without direction. */
  readonly verdict: 'better' | 'worse' | 'open' | null;
}

/** A KPI before and after, both by the definition that was frozen. */
export function compareKpi(kpi: FrozenKpi, now: CellReader): Comparison {
  if (!cellsOf(kpi.formula).every((cell) => Object.hasOwn(cells, cell))) {
    return { kpi, before: kpi.value, after: null, difference: null, ...without('unknown-cell') };
  }
  const before = kpi.value;
  const after = evaluate(kpi.formula, now);
  if (before === null || after === null) return { kpi, before, after, difference: null, ...without('no-value') };
  const difference = after - before;
  const found = intervalOf(kpi, now);
  if (typeof found === 'string') return { kpi, before, after, difference, ...without(found) };
  return { kpi, before, after, difference, interval: found, noInterval: null, verdict: verdictOf(kpi, found) };
}

function without(noInterval: NoInterval) {
  return { interval: null, noInterval, verdict: null };
}

function intervalOf(kpi: FrozenKpi, now: CellReader): Interval | NoInterval {
  const shape = formulaShape(kpi.formula, kpi.unit);
  if (shape === null) return 'no-variance';
  const [before, after] = [frozenCells(kpi), now];
  if (shape.kind === 'net-score') {
    const { up, down, whole } = shape;
    const [was, is] = [before, after].map((held) => ({
      up: held.cell(up),
      down: held.cell(down),
      whole: held.cell(whole),
    }));
    return netScoreDifference(was, is) ?? 'too-few';
  }
  const [was, is] = [before, after].map((held) => ({ part: held.cell(shape.part), whole: held.cell(shape.whole) }));
  if ([was, is].some(({ part, whole }) => part < 0 || part > whole)) return 'not-a-part';
  return shareDifference(was, is) ?? 'no-value';
}

function verdictOf({ direction }: FrozenKpi, { low, high }: Interval): Comparison['verdict'] {
  if (direction === 'none') return null;
  if (low <= 0 && high >= 0) return 'open';
  return low > 0 === (direction === 'up') ? 'better' : 'worse';
}

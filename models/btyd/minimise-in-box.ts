/** A closed box of positive numbers. */
export interface Box {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  /** False when the evaluations ran out before the minimum was steady. */
  readonly hasConverged: boolean;
}

/** A corner of the simplex, in logarithms. */
interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

const maxEvaluations = 20_000;
/** A simplex whose values and corners differ by less than this has come to rest. */
const restValue = 1e-12;
const restPlace = 1e-7;

/**
 * Minimises a smooth function of a few positive parameters within a box: the simplex method of Nelder and Mead (1965,
 * The Computer Journal 7, 308-313) on their logarithms, points outside moved to the box (Box 1965, The Computer Journal
 * 8, 42-52), begun from each start and, where the best came to rest, begun anew until that gains nothing.
 * @param starts one point or more, each inside the box
 */
export function minimiseInBox(
  f: (parameters: readonly number[]) => number,
  starts: readonly (readonly number[])[],
  box: Box,
): Minimum {
  const lower = box.lower.map(Math.log);
  const upper = box.upper.map(Math.log);
  let left = maxEvaluations;
  const evaluate = (at: readonly number[]): Corner => {
    left -= 1;
    const inside = at.map((value, i) => Math.min(Math.max(value, lower[i]), upper[i]));
    const value = f(inside.map((log, i) => Math.min(Math.max(Math.exp(log), box.lower[i]), box.upper[i])));
    return { at: inside, value: Number.isNaN(value) ? Infinity : value };
  };
  const rough = starts.map((start) => descend(evaluate, start.map(Math.log), { edge: 0.7, tolerance: 1e-6 }));
  let best = rough.reduce((least, next) => (next.value < least.value ? next : least));
  let gain = Infinity;
  for (let edge = 0.3; gain > restValue && left > 0; edge = -edge * 0.8) {
    const next = descend(evaluate, best.at, { edge, tolerance: restValue });
    gain = (best.value - next.value) / Math.max(1, Math.abs(best.value));
    if (next.value <= best.value) best = next;
  }
  const at = best.at.map((log, i) => Math.min(Math.max(Math.exp(log), box.lower[i]), box.upper[i]));
  return { at, value: best.value, hasConverged: gain <= restValue };
}

interface Descent {
  /** Length of the first simplex's edges. */
  readonly edge: number;
  readonly tolerance: number;
}

function descend(evaluate: (at: readonly number[]) => Corner, start: readonly number[], how: Descent): Corner {
  const simplex = [evaluate(start), ...start.map((_, i) => evaluate(moved(start, i, how.edge)))];
  for (let step = 0; step < 400 * start.length; step++) {
    simplex.sort((a, b) => a.value - b.value);
    if (isAtRest(simplex, how.tolerance)) break;
    const worst = simplex.pop()!;
    const centre = start.map((_, i) => simplex.reduce((sum, { at }) => sum + at[i], 0) / simplex.length);
    const along = (t: number): Corner => evaluate(centre.map((middle, i) => middle + t * (worst.at[i] - middle)));
    const next = replaceWorst(simplex, worst, along);
    if (next !== null) simplex.push(next);
    else {
      const [best] = simplex;
      const others = [...simplex.slice(1), worst];
      const shrunk = others.map(({ at }) => evaluate(at.map((value, i) => (value + best.at[i]) / 2)));
      simplex.splice(1, simplex.length, ...shrunk);
    }
  }
  return simplex.reduce((least, next) => (next.value < least.value ? next : least));
}

/** Reflection, expansion or contraction of the worst corner; null when none is better and the simplex must shrink. */
function replaceWorst(others: readonly Corner[], worst: Corner, along: (t: number) => Corner): Corner | null {
  const reflected = along(-1);
  if (reflected.value < others[0].value) {
    const expanded = along(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < others[others.length - 1].value) return reflected;
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
}

function moved(at: readonly number[], axis: number, by: number): number[] {
  return at.map((value, i) => (i === axis ? value + by : value));
}

function isAtRest(simplex: readonly Corner[], tolerance: number): boolean {
  const best = simplex[0];
  const spread = simplex[simplex.length - 1].value - best.value;
  if (!(spread <= tolerance * Math.max(1, Math.abs(best.value)))) return false;
  const place = Math.max(restPlace, Math.sqrt(tolerance));
  return simplex.every(({ at }) => at.every((value, i) => Math.abs(value - best.at[i]) <= place));
}

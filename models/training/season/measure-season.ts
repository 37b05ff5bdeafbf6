import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { isSeen, type CutRow, type CutTable, type Outcome } from '../cut-table.ts';
import { fitGlm } from '../glm/fit-glm.ts';
import type { PackedRows } from '../packed-rows.ts';
import type { Season } from './season.ts';

/** Windows whose features are compared, where the history reaches back so far. */
const windows = [30, 60, 90, 180];
/** A handful of very large spenders would decide the season else. */
const spendQuantile = 0.995;

/**
 * Measures the season of the year-ago cut. Levels are those of its customers. How far apart the season pulls customers
 * is measured against the training cuts with the composition of the customers held fixed: regressions on features that
 * look no further back than the year-ago cut could see, with one intercept per cut.
 * @param yearAgo labelled rows of the same season a year before
 * @param historyDays days of history behind the year-ago cut
 * @param train labelled rows of the training cuts
 */
export function measureSeason(yearAgo: CutTable, historyDays: number, train: readonly CutTable[]): Season {
  const reachDays = Math.min(historyDays, 365);
  const tables = [yearAgo, ...train.filter(({ cut }) => cut !== yearAgo.cut)].map((table) =>
    seenRows(table, reachDays),
  );
  const rows = tables.flatMap((table) => table.rows.map(({ outcome }) => outcome));
  const design = makeDesign(tables, windowFeatures(reachDays));
  const cap = quantile(rows.flatMap(({ spend }) => (spend > 0 ? [spend] : [])), spendQuantile); // prettier-ignore
  const scaleOf = (y: readonly number[], link: 'logit' | 'log'): number =>
    seasonScale(tables, fitByCut({ tables, design, y, link }), link);
  return {
    yearAgo: yearAgo.cut,
    reachDays,
    ...levelsOf(tables[0].rows.map(({ outcome }) => outcome)),
    scale: scaleOf(rows.map(({ silent }) => Number(silent[2])), 'logit'), // prettier-ignore
    spendScale: scaleOf(rows.map(({ spend }) => Math.min(spend, cap)), 'log'), // prettier-ignore
  };
}

/** Churn rate, mean spend and mean purchase days; the rate keeps off 0 and 1, where its logit ends. */
function levelsOf(outcomes: readonly Outcome[]): Pick<Season, 'churn' | 'spend' | 'purchaseDays'> {
  const silent = outcomes.filter((outcome) => outcome.silent[2]).length;
  return {
    churn: (silent + 0.5) / (outcomes.length + 1),
    spend: outcomes.reduce((sum, { spend }) => sum + spend, 0) / outcomes.length,
    purchaseDays: outcomes.reduce((sum, { purchaseDays }) => sum + purchaseDays, 0) / outcomes.length,
  };
}

/** Rows of one cut that are compared. */
interface SeenRows {
  readonly rows: readonly CutRow[];
  /** Where each of them stands among `vectors`: a copy of them would be large. */
  readonly places: readonly number[];
  readonly vectors: PackedRows;
}

function seenRows({ rows, vectors }: CutTable, reachDays: number): SeenRows {
  const places = rows.flatMap((row, i) => (isSeen(row, reachDays) ? [i] : []));
  return { rows: places.map((i) => rows[i]), places, vectors };
}

type Describe = (vector: Float64Array) => number[];

function windowFeatures(reach: number): Describe {
  const seen = windows.filter((days) => days <= reach);
  const names = ['recency_days', ...seen.flatMap((days) => [`purchase_days_${days}`, `spend_${days}`])];
  const columns = names.map((name) => featureNames.indexOf(name));
  return (vector) => {
    const values = columns.map((column) => Math.log1p(Math.abs(vector[column])));
    return [...values, values[0] ** 2];
  };
}

interface Design {
  readonly values: Float64Array;
  readonly width: number;
  /** Place of each row's table: every cut has an intercept of its own. */
  readonly tableOf: Uint16Array;
}

/** Standardised features, and the table of each row. */
function makeDesign(tables: readonly SeenRows[], describe: Describe): Design {
  const vector = new Float64Array(featureNames.length);
  const width = describe(vector).length;
  const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  const values = new Float64Array(count * width);
  const tableOf = new Uint16Array(count);
  let row = 0;
  for (const [table, { places, vectors }] of tables.entries()) {
    for (const place of places) {
      vectors.read(place, vector);
      values.set(describe(vector), row * width);
      tableOf[row] = table;
      row += 1;
    }
  }
  for (let column = 0; column < width; column++) standardise(values, width, column);
  return { values, width, tableOf };
}

function standardise(values: Float64Array, width: number, column: number): void {
  const count = values.length / width;
  let sum = 0;
  for (let at = column; at < values.length; at += width) sum += values[at];
  const mean = sum / count;
  let squares = 0;
  for (let at = column; at < values.length; at += width) squares += (values[at] - mean) ** 2;
  const sd = Math.sqrt(squares / count) || 1;
  for (let at = column; at < values.length; at += width) values[at] = (values[at] - mean) / sd;
}

interface Regressed {
  /** The year-ago cut first. */
  readonly tables: readonly SeenRows[];
  readonly design: Design;
  readonly y: readonly number[];
  readonly link: 'logit' | 'log';
}

interface Regression {
  /** What the features alone say of each row. */
  readonly predictors: Float64Array;
  readonly y: Float64Array;
}

function fitByCut({ tables, design: { values, width, tableOf }, y, link }: Regressed): Regression {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const unit = link === 'log' && mean > 0 ? mean : 1;
  const scaled = Float64Array.from(y, (value) => value / unit);
  const start = new Array<number>(width + tables.length).fill(0);
  const fitted = fitGlm({ design: values, width, y: scaled, factor: tableOf }, link, start);
  const predictors = scaled.map((_, row) => {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += values[row * width + column] * fitted[column];
    return sum;
  });
  return { predictors, y: scaled };
}

/** Slope of the outcome on the common predictor at the year-ago cut, as a multiple of the others' mean slope. */
function seasonScale(tables: readonly SeenRows[], { predictors, y }: Regression, link: 'logit' | 'log'): number {
  let from = 0;
  const slopes = tables.map(({ rows }) => {
    const until = from + rows.length;
    const design = new Float64Array(rows.length * 2);
    predictors.subarray(from, until).forEach((value, i) => design.set([value, 1], i * 2));
    const [slope] = fitGlm({ design, width: 2, y: y.subarray(from, until) }, link, [1, 0]);
    from = until;
    return Math.log(Math.max(slope, 0.1));
  });
  return Math.exp(againstOthers(slopes, tables));
}

/** The first value against the mean of the others, weighted by their rows. */
function againstOthers(values: readonly number[], tables: readonly SeenRows[]): number {
  const weights = tables.map(({ rows }) => rows.length);
  const others = weights.slice(1).reduce((sum, weight) => sum + weight, 0);
  return values[0] - values.slice(1).reduce((sum, value, i) => sum + (value * weights[i + 1]) / others, 0);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Infinity;
}

import type { KpiStore } from '../../ports/kpi-store.ts';
import type { CellReader } from '../expression.ts';
import type { KpiDimension } from '../kpi-dimension.ts';
import { type EpochMonth, daysIn, monthOf, type Period } from '../period.ts';
import { bucketsOf } from '../read-cells.ts';
import { readersOf } from '../read-period.ts';

/** Reads the cells of one tenant by period. Answers are kept, so one source tells one moment; make a new one for the next. */
export class CellSource {
  readonly #store: Pick<KpiStore, 'read' | 'months'>;
  readonly #tenant: string;
  #months: Promise<readonly EpochMonth[]> | null = null;
  readonly #answers = new Map<string, Promise<ReadonlyMap<string, CellReader>>>();

  constructor(store: Pick<KpiStore, 'read' | 'months'>, tenant: string) {
    this.#store = store;
    this.#tenant = tenant;
  }

  /** The whole of a period; null where nothing was counted by its end. */
  async whole(period: Period): Promise<CellReader | null> {
    return (await this.#read(period, null)).get('') ?? null;
  }

  /** Each value of a dimension, in the order of their names; empty where nothing was counted by the end of the period. */
  async slices(period: Period, dimension: KpiDimension): Promise<ReadonlyMap<string, CellReader>> {
    const found = await this.#read(period, dimension);
    const prefix = `${dimension}=`;
    const named = [...found].flatMap(([slice, cells]) =>
      slice.startsWith(prefix) ? [[slice.slice(prefix.length), cells] as const] : [],
    );
    return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #read(period: Period, dimension: KpiDimension | null): Promise<ReadonlyMap<string, CellReader>> {
    const name = `${period.kind} ${period.index} ${dimension ?? ''}`;
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    const answer = this.#ask(period, dimension);
    this.#answers.set(name, answer);
    return answer;
  }

  async #ask(period: Period, dimension: KpiDimension | null): Promise<ReadonlyMap<string, CellReader>> {
    const months = await (this.#months ??= this.#store.months(this.#tenant));
    const [, after] = daysIn(period);
    if (!months.some((month) => month <= monthOf(after - 1))) return new Map();
    const buckets = bucketsOf(period, months);
    return readersOf(period, buckets, await this.#store.read(this.#tenant, buckets, dimension));
  }
}

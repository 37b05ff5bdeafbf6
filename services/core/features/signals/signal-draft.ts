import type { EpochDay } from '../../units.ts';
import type { Signal } from './signal.ts';
import { counterId, type SignalCounter } from './signal-counters.ts';
import { addCount, type SparseCounts } from './sparse-counts.ts';

/** A signal while an event is read. */
export class SignalDraft implements Signal {
  readonly counts: SparseCounts = [];
  caseMark: number | null = null;
  contractEnd: EpochDay | null = null;

  add(counter: SignalCounter, by = 1): this {
    addCount(this.counts, counterId[counter], by);
    return this;
  }
}

import { counterId, type SignalCounter } from './signal-counters.ts';

const kept: readonly SignalCounter[] = ['pointsEarned', 'pointsRedeemed', 'contractsSigned'];
const ids: ReadonlySet<number> = new Set(kept.map((counter) => counterId[counter]));

/** Whether a counter is also summed over the customer's whole life. All others end with the horizon. */
export function isForLife(id: number): boolean {
  return ids.has(id);
}

import type { EpochDay } from '../units.ts';

/** First index of `days` (ascending) whose day is `day` or later. The newest day is looked at first: most events are new. */
export function findDay(days: readonly EpochDay[], day: EpochDay): number {
  return search(days.length, day, (index) => days[index]);
}

/** First index of `tiles` (ascending by day) whose day is `day` or later. */
export function findTile(tiles: readonly { readonly day: EpochDay }[], day: EpochDay): number {
  return search(tiles.length, day, (index) => tiles[index].day);
}

function search(length: number, day: EpochDay, dayAt: (index: number) => EpochDay): number {
  if (length === 0 || dayAt(length - 1) < day) return length;
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dayAt(middle) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

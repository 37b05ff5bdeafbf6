import type { EpochDay } from '../units.ts';

/** How much a purchase of `day` still says on the last day before `until`: 1 then, half of it a half-life earlier. */
export function fade(day: EpochDay, until: EpochDay, halfLifeDays: number): number {
  return 0.5 ** ((until - 1 - day) / halfLifeDays);
}

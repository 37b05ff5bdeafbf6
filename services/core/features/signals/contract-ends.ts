import type { EpochDay } from '../../units.ts';
import { findDay } from '../day-search.ts';

/** Of more contracts, those that end last are kept, whatever order they came in. */
export const keptContracts = 32;

/** Adds the last day of a contract, in place. */
export function addContractEnd(ends: EpochDay[], day: EpochDay): void {
  ends.splice(findDay(ends, day), 0, day);
  if (ends.length > keptContracts) ends.shift();
}

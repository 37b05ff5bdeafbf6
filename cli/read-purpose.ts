import { legalBases } from '../services/core/events/legal-bases.ts';
import type { LegalBasis } from '../services/core/events/legal-bases.ts';
import { usageError } from './usage-error.ts';

interface PurposeOptions {
  readonly purpose?: string;
  readonly legalBasis?: string;
}

export interface ReadPurpose {
  readonly purpose: string | null;
  readonly legalBasis: LegalBasis | null;
}

/** Purpose and legal basis as they were given, both or none. */
export function readPurpose({ purpose, legalBasis }: PurposeOptions): ReadPurpose {
  if (purpose === undefined && legalBasis === undefined) return { purpose: null, legalBasis: null };
  const basis = legalBases.find((each) => each === legalBasis);
  if (legalBasis !== undefined && basis === undefined) {
    throw usageError(`--legal-basis "${legalBasis}" is unknown; known are ${legalBases.join(', ')}.`);
  }
  const text = purpose?.trim() ?? '';
  if (text === '') throw usageError('--purpose must say what the data of the source is used for.');
  if (basis === undefined) throw usageError(`--purpose needs --legal-basis: one of ${legalBases.join(', ')}.`);
  return { purpose: text, legalBasis: basis };
}

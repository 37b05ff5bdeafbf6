import type { Surrogate } from '../../core/units.ts';

/** Whose sealed fields they are. */
export interface FieldOwner {
  readonly tenant: string;
  readonly surrogate: Surrogate;
}

/** What a sealed field of a customer is bound to: associated data of its seal. */
export function boundTo({ tenant, surrogate }: FieldOwner, field: string): string {
  return `${tenant}|${surrogate}|${field}`;
}

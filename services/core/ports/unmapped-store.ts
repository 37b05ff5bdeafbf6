import type { UnmappedName } from '../plan/unmapped-name.ts';

/** Keeps the names that the plan does not know, shared by every process; per tenant a bounded number. */
export interface UnmappedStore {
  /** Adds to what is known of each name; all of them or, when it rejects, none that is known of. */
  add(tenant: string, names: readonly UnmappedName[]): Promise<void>;
  /** In no particular order. */
  read(tenant: string): Promise<readonly UnmappedName[]>;
}

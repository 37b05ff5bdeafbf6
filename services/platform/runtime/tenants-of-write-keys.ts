import { hash } from 'node:crypto';
import type { Tenant } from './installation.ts';

export interface KnownWriteKey<T> {
  readonly writeKey: string;
  /** Undefined where no tenant has such a key. */
  readonly tenant: T | undefined;
}

/** The keys of a list that is separated by commas, each with the tenant that knows it by its digest. */
export function tenantsOfWriteKeys<T extends Pick<Tenant, 'writeKeys'>>(
  tenants: readonly T[],
  list: string,
): readonly KnownWriteKey<T>[] {
  return list
    .split(',')
    .map((key) => key.trim())
    .map((writeKey) => {
      const digest = hash('sha256', writeKey, 'hex');
      return { writeKey, tenant: tenants.find(({ writeKeys }) => writeKeys.some((each) => each.hash === digest)) };
    });
}

import { attributeOf } from '../../features/signals/attribute-of.ts';
import type { KpiFact } from '../kpi-fact.ts';

/** A property as text, as it was sent; null where there is none. */
export function textOf(fact: Pick<KpiFact, 'attributes'>, name: string): string | null {
  const value = attributeOf(fact, name);
  return value === null ? null : String(value);
}

import type { CleanContext } from './clean-context.ts';
import { cleanValue } from './clean-value.ts';
import type { CheckState } from './clean-value.ts';
import { fieldKind } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

export type Values = Readonly<Record<string, unknown>>;

/** One value that a rule changed. */
export interface Change {
  /** JSON Pointer (RFC 6901) to it. */
  readonly pointer: string;
  readonly rule: string;
  /** As it was sent. */
  readonly was: unknown;
}

/** One value of a kind that has a normal form. */
export interface Check {
  readonly kind: FieldKind;
  readonly state: CheckState;
}

export interface CleanedFields<T = Values> {
  readonly values: T;
  readonly changes: readonly Change[];
  readonly checks: readonly Check[];
}

const deepest = 3;
/** Values looked at; a longer list is content, not facts. */
const mostValues = 128;
const longestName = 64;

/**
 * Brings every value into its normal form, down to three levels. Cleaning what is clean changes nothing, and
 * `restoreFields` undoes it.
 * @param at JSON Pointer to the values, for the changes
 */
export function cleanFields(values: Values, at: string, context: CleanContext): CleanedFields {
  const changes: Change[] = [];
  const checks: Check[] = [];
  let left = mostValues;

  function visit(value: unknown, kind: FieldKind | null, pointer: string, depth: number): unknown {
    if (typeof value === 'object' && value !== null)
      return depth < deepest ? visitInside(value, pointer, depth) : value;
    if (left === 0) return value;
    left -= 1;
    const cleaned = cleanValue(value, kind, context);
    if (kind !== null && cleaned.state !== null) checks.push({ kind, state: cleaned.state });
    if (cleaned.rule !== null) changes.push({ pointer, rule: cleaned.rule, was: value });
    return cleaned.value;
  }

  function visitInside(value: object, pointer: string, depth: number): unknown {
    const before = changes.length;
    const inside = Array.isArray(value)
      ? value.map((each, index) => visit(each, null, `${pointer}/${index}`, depth + 1))
      : Object.entries(value).map(([name, each]): [string, unknown] => [name, visitField(name, each, pointer, depth)]);
    if (changes.length === before) return value;
    // Entries, not assignments: a name may be __proto__.
    return Array.isArray(value) ? inside : Object.fromEntries(inside as [string, unknown][]);
  }

  function visitField(name: string, value: unknown, pointer: string, depth: number): unknown {
    if (name.length > longestName) return value;
    return visit(value, fieldKind(name), `${pointer}/${escape(name)}`, depth + 1);
  }

  return { values: visitInside(values, at, 0) as Values, changes, checks };
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

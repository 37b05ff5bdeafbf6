import { setMember } from '../set-member.ts';
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
  if (isEmpty(values)) return { values, changes: none, checks: none };
  const changes: Change[] = [];
  const checks: Check[] = [];
  /** Names from the outside in; only the pointer of a change is ever written out. */
  const path: string[] = [];
  let left = mostValues;

  function visit(value: unknown, kind: FieldKind | null): unknown {
    if (typeof value === 'object' && value !== null) return path.length < deepest ? visitInside(value, visitAt) : value;
    if (left === 0) return value;
    left -= 1;
    const cleaned = cleanValue(value, kind, context);
    if (kind !== null && cleaned.state !== null) checks.push({ kind, state: cleaned.state });
    if (cleaned.rule !== null) changes.push({ pointer: toPointer(at, path), rule: cleaned.rule, was: value });
    return cleaned.value;
  }

  function visitAt(name: string, value: unknown, kind: FieldKind | null): unknown {
    path.push(name);
    const cleaned = visit(value, kind);
    path.pop();
    return cleaned;
  }

  return { values: visitObject(values, visitAt), changes, checks };
}

const none: readonly never[] = [];

function isEmpty(values: Values): boolean {
  for (const name in values) if (Object.hasOwn(values, name)) return false;
  return true;
}

type VisitAt = (name: string, value: unknown, kind: FieldKind | null) => unknown;

function visitInside(value: object, visitAt: VisitAt): unknown {
  return Array.isArray(value) ? visitList(value, visitAt) : visitObject(value as Values, visitAt);
}

/** The list itself where nothing in it was changed. */
function visitList(list: readonly unknown[], visitAt: VisitAt): readonly unknown[] {
  let copy: unknown[] | null = null;
  list.forEach((each, index) => {
    const cleaned = visitAt(String(index), each, null);
    if (cleaned !== each) (copy ??= [...list])[index] = cleaned;
  });
  return copy ?? list;
}

/** The object itself where nothing in it was changed. */
function visitObject(object: Values, visitAt: VisitAt): Values {
  let copy: Record<string, unknown> | null = null;
  for (const name of Object.keys(object)) {
    if (name.length > longestName) continue;
    const value = object[name];
    const cleaned = visitAt(name, value, fieldKind(name));
    if (cleaned !== value) setMember((copy ??= { ...object }), name, cleaned);
  }
  return copy ?? object;
}

function toPointer(at: string, path: readonly string[]): string {
  return `${at}/${path.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}

import type { Change } from './clean-fields.ts';

/** Undoes cleaning: puts back what was sent at every pointer. */
export function restoreFields<T>(cleaned: T, changes: readonly Pick<Change, 'pointer' | 'was'>[]): T {
  return changes.reduce<unknown>((value, { pointer, was }) => put(value, readPointer(pointer), was), cleaned) as T;
}

function readPointer(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function put(value: unknown, [name, ...deeper]: readonly string[], was: unknown): unknown {
  if (name === undefined) return was;
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === name ? put(each, deeper, was) : each) as unknown);
  const entries = Object.entries(value as object).map(([key, each]): [string, unknown] => [
    key,
    key === name ? put(each, deeper, was) : each,
  ]);
  return Object.fromEntries(entries);
}

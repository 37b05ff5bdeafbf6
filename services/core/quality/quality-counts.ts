import type { EventQuality } from './quality-mark.ts';
import { qualityDimensions } from './quality-dimension.ts';
import type { QualityDimension } from './quality-dimension.ts';

/** Name → how often. Names are made and read here only; they hold no value of any event. */
export type QualityCounts = Map<string, number>;

/** What one name counts. */
export type QualityCount =
  | { readonly what: 'mark'; readonly type: string; readonly field: string; readonly dimension: QualityDimension; readonly isGood: boolean }
  | { readonly what: 'rule'; readonly rule: string }
  | { readonly what: 'surplus' }; // prettier-ignore

/** Adds what one event says. */
export function countQuality(counts: QualityCounts, { type, marks, rules, surplus }: EventQuality): void {
  for (const { dimension, field, isGood } of marks)
    add(counts, `${isGood ? 'good' : 'bad'}|${dimension}|${type}|${field}`, 1);
  for (const rule of rules) add(counts, `rule|${rule}`, 1);
  if (surplus > 0) add(counts, 'surplus', surplus);
}

export function addCounts(to: QualityCounts, counts: ReadonlyMap<string, number>): void {
  for (const [name, count] of counts) add(to, name, count);
}

/** Null for a name that this version does not know. */
export function readCountName(name: string): QualityCount | null {
  if (name === 'surplus') return { what: 'surplus' };
  const [word, second = '', type = '', ...field] = name.split('|');
  if (word === 'rule') return { what: 'rule', rule: second };
  const dimension = qualityDimensions.find((each) => each === second);
  if ((word !== 'good' && word !== 'bad') || dimension === undefined) return null;
  return { what: 'mark', type, field: field.join('|'), dimension, isGood: word === 'good' };
}

function add(counts: QualityCounts, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

import type { EventQuality, QualityMark } from './quality-mark.ts';
import { qualityDimensions } from './quality-dimension.ts';
import type { QualityDimension } from './quality-dimension.ts';

/** Name → how often. Names are made and read here only; they hold no value of any event. */
export type QualityCounts = Map<string, number>;

/** What one name counts. */
export type QualityCount =
  | { readonly what: 'mark'; readonly type: string; readonly field: string; readonly dimension: QualityDimension; readonly isGood: boolean }
  | { readonly what: 'rule'; readonly rule: string }
  | { readonly what: 'surplus' }; // prettier-ignore

/** Adds what the events of a request say. Names are put together once per request: its events say much the same. */
export function countQuality(counts: QualityCounts, events: readonly EventQuality[]): void {
  const byType = new Map<string, Map<QualityMark, number>>();
  for (const { type, marks, rules, surplus } of events) {
    let ofType = byType.get(type);
    if (ofType === undefined) byType.set(type, (ofType = new Map<QualityMark, number>()));
    for (const mark of marks) add(ofType, mark, 1);
    for (const rule of rules) add(counts, `rule|${rule}`, 1);
    if (surplus > 0) add(counts, 'surplus', surplus);
  }
  for (const [type, marks] of byType) {
    for (const [{ dimension, field, isGood }, count] of marks) {
      add(counts, `${isGood ? 'good' : 'bad'}|${dimension}|${type}|${field}`, count);
    }
  }
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

function add<Name>(counts: Map<Name, number>, name: Name, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

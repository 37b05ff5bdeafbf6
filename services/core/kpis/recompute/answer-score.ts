import type { PastEvent } from './kpi-history.ts';

type Answer = Pick<PastEvent, 'attributes'>;

/** A property as text; '' where it is missing. */
export function textIn({ attributes }: Answer, wanted: string): string {
  const value = attributes.find(({ name }) => name === wanted)?.value;
  return value === null || value === undefined ? '' : String(value);
}

/** A property as a number; NaN where it is none. */
export function numberIn(answer: Answer, wanted: string): number {
  const value = answer.attributes.find(({ name }) => name === wanted)?.value;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /\d/.test(value) ? Number(value) : Number.NaN;
}

/**
 * An answer in points: recommendation 0 to 10, all else 0 to 100. The scale is 1 to 7 for effort and 1 to 5 otherwise; what
 * is above that is out of 10, what is above 10 per cent. Null for what is on no scale.
 */
export function answerPoints(
  answer: Answer,
): { readonly kind: 'nps' | 'ces' | 'csat'; readonly points: number } | null {
  const given = numberIn(answer, 'surveyScore');
  const word = textIn(answer, 'surveyKind').toLowerCase();
  if (!Number.isFinite(given) || given < 0) return null;
  if (word.includes('nps')) return given > 10 ? null : { kind: 'nps', points: Math.round(given) };
  const kind = word.includes('ces') ? 'ces' : 'csat';
  const top = kind === 'ces' ? 7 : 5;
  const scale = given <= top ? { low: 1, high: top } : { low: 0, high: given <= 10 ? 10 : 100 };
  if (given < scale.low || given > scale.high) return null;
  return { kind, points: Math.round((100 * (given - scale.low)) / (scale.high - scale.low)) };
}

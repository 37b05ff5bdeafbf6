import type { CustomerRecord } from '../../services/core/events/customer-record.ts';

/** A property's value; null where it is missing or empty. */
export function valueOf({ attributes }: CustomerRecord, name: string): string | number | boolean | null {
  const value = attributes.find((attribute) => attribute.name === name)?.value ?? null;
  return value === '' ? null : value;
}

export function textOf(record: CustomerRecord, name: string): string {
  return String(valueOf(record, name) ?? '').toLowerCase();
}

function numberOf(record: CustomerRecord, name: string): number {
  const value = valueOf(record, name);
  return value === null || typeof value === 'boolean' ? Number.NaN : Number(value);
}

/** The score of a survey or review on its scale; null where it gives none. */
export function naiveScore(
  record: CustomerRecord,
): { readonly scale: 'csat' | 'nps'; readonly points: number; readonly isLow: boolean } | null {
  if (record.type !== 'survey.answered' && record.type !== 'review.posted') return null;
  const isSurvey = record.type === 'survey.answered';
  const score = numberOf(record, isSurvey ? 'surveyScore' : 'rating');
  const kind = isSurvey ? textOf(record, 'surveyKind') : '';
  if (!(score >= 0)) return null;
  if (kind.includes('nps')) {
    return score > 10 ? null : { scale: 'nps', points: Math.round(score), isLow: Math.round(score) < 7 };
  }
  const top = kind.includes('ces') ? 7 : 5;
  let share: number;
  if (score <= top) share = (score - 1) / (top - 1);
  else share = score <= 10 ? score / 10 : score / 100;
  if (share < 0 || share > 1) return null;
  const points = Math.round(share * 100);
  return { scale: 'csat', points, isLow: points < 50 };
}

export function naiveDirection(record: CustomerRecord): 'up' | 'down' | null {
  const word = textOf(record, 'direction');
  if (word.startsWith('up') || word.startsWith('升')) return 'up';
  if (word.startsWith('down') || word.startsWith('降')) return 'down';
  const [level, before] = [numberOf(record, 'level'), numberOf(record, 'previousLevel')];
  if (Number.isFinite(level) && Number.isFinite(before)) return level > before ? 'up' : level < before ? 'down' : null;
  return (record.reportingAmountMinor ?? 0) < 0 ? 'down' : null;
}

export function isNaivePrice(record: CustomerRecord): boolean {
  return matters(record, ['pric', 'expensive', 'cost', 'discount', '价格', '太贵', '费用']);
}

export function isNaiveRival(record: CustomerRecord): boolean {
  const named = valueOf(record, 'competitor');
  return (named !== null && named !== false) || matters(record, ['compet', 'rival', '竞争', '竞品', '对手']);
}

function matters(record: CustomerRecord, words: readonly string[]): boolean {
  return ['topic', 'reason', 'caseClass'].some((name) => words.some((word) => textOf(record, name).includes(word)));
}

import type { CustomerRecord } from '../../events/customer-record.ts';
import { numberOf, wordOf } from './attribute-of.ts';

/**
 * Whether a change of level or plan goes up (1) or down (-1); 0 where the event does not say. Read from `direction`
 * (up, down and words that begin so, 升, 降), else from the numbers `level` and `previousLevel`, else from an amount
 * below 0.
 */
export function readDirection(record: Pick<CustomerRecord, 'attributes' | 'reportingAmountMinor'>): -1 | 0 | 1 {
  const direction = wordOf(record, 'direction');
  if (/^(?:up|升)/.test(direction)) return 1;
  if (/^(?:down|降)/.test(direction)) return -1;
  const [level, previous] = [numberOf(record, 'level'), numberOf(record, 'previousLevel')];
  if (level !== null && previous !== null) return Math.sign(level - previous) as -1 | 0 | 1;
  return (record.reportingAmountMinor ?? 0) < 0 ? -1 : 0;
}

import type { CustomerRecord } from '../../events/customer-record.ts';
import { attributeOf, wordOf } from './attribute-of.ts';

export interface Remarks {
  readonly onPrice: boolean;
  readonly onCompetitor: boolean;
}

const price = /pric|expensive|cost|discount|价格|太贵|费用/;
const competitor = /compet|rival|竞争|竞品|对手/;

/**
 * What a customer names as the matter: `topic`, `reason` or `caseClass` that speak of price or a competitor, or the
 * property `competitor`. Free text is not searched.
 */
export function readRemarks(record: Pick<CustomerRecord, 'attributes'>): Remarks {
  const matter = ['topic', 'reason', 'caseClass'].map((name) => wordOf(record, name)).join(' ');
  return {
    onPrice: price.test(matter),
    onCompetitor: competitor.test(matter) || ![null, false].includes(attributeOf(record, 'competitor') as null | false),
  };
}

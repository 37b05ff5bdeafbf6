import fc from 'fast-check';
import type { Attribute } from '../../services/core/events/customer-record.ts';

/** Values that each property read by features may have, some of them no sensible ones. */
const values: Readonly<Record<string, readonly Attribute['value'][]>> = {
  caseClass: ['complaint', 'Complaint about the price', '投诉', 'delivery', null],
  caseId: ['c1', 'c1', 'c2', 'c2', 17, null],
  competitor: ['ACME', false, null, ''],
  coupon: ['SAVE10', '', null, false, true],
  direction: ['up', 'down', 'Downgrade', '升级', 'sideways'],
  endDate: ['2026-12-31', '2027-02-28T00:00:00.000Z', '2025-06-01', '2027-02-30', 'soon', 20_000],
  granted: [true, false, 'false'],
  level: [1, 2, '3'],
  overdue: [true, false],
  points: [1, 250, -40, 10.6, '99', 'many', null],
  previousLevel: [2, 'gold'],
  rating: [1, 2, 4.5, 5, 8, 60, 300],
  reason: ['competitor offer', 'no need', '竞争对手'],
  status: ['overdue', 'done', 'Missed', '逾期'],
  surveyKind: ['nps', 'NPS relation', 'csat', 'ces', null],
  surveyScore: [0, 1, 3, 4.4, 5, 6, 7, 9, 10, 11, 85, 101, -1, '4', 'good', null],
  topic: ['pricing', 'delivery', 'too expensive'],
};

/** Plain properties of an event, sorted by name as ingest writes them. */
export const signalAttributes: fc.Arbitrary<Attribute[]> = fc
  .subarray(Object.keys(values))
  .chain((names) =>
    fc.tuple(...names.map((name) => fc.constantFrom(...values[name]).map((value) => ({ name, value })))),
  );

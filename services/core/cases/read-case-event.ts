import type { CustomerRecord } from '../events/customer-record.ts';
import { attributeOf, wordOf } from '../features/signals/attribute-of.ts';
import type { CaseRules } from './case-rules.ts';
import type { CaseStep } from './case-step.ts';
import { isComplaintClass } from './is-complaint-class.ts';
import { type CaseOpening, unnamedCase } from './open-case.ts';
import type { CaseNature, CaseWeight } from './service-case.ts';

/** What an event says of a case: its opening, or steps of it in their order. */
export type CaseReport = {
  readonly caseId: string;
  /** A cause code that is none of the tenant's was left out. */
  readonly hasUnknownCause: boolean;
} & ({ readonly opening: CaseOpening } | { readonly steps: readonly CaseStep[] });

const natures: readonly (readonly [RegExp, CaseNature])[] = [
  [/after.?sale|售后/, 'after-sales'],
  [/product|产品/, 'product'],
  [/service|服务/, 'service'],
];
const weights: readonly (readonly [RegExp, CaseWeight])[] = [
  [/urgent|critical|^high|紧急/, 'urgent'],
  [/complex|复杂/, 'complex'],
  [/routine|normal|medium|^low|一般|常规/, 'routine'],
];
const bot = /bot|auto|system|assistant|机器人/;

/** Reads the case events of `docs/reference/service.md`; null for an event of another type. */
export function readCaseEvent(record: CustomerRecord, { causeCodes }: CaseRules): CaseReport | null {
  const id = attributeOf(record, 'caseId');
  const caseId = id === null ? unnamedCase : String(id);
  const cause = wordOf(record, 'causeCode');
  const hasUnknownCause = cause !== '' && !causeCodes.has(cause);
  if (record.type === 'case.opened') {
    return { caseId, hasUnknownCause: false, opening: readOpening(record, caseId) };
  }
  const steps = readSteps(record, causeCodes.has(cause) ? cause : null);
  return steps === null ? null : { caseId, hasUnknownCause, steps };
}

function readOpening(record: CustomerRecord, caseId: string): CaseOpening {
  const caseClass = wordOf(record, 'caseClass');
  return {
    caseId,
    at: record.occurredAt,
    channel: record.channel,
    nature: find(natures, wordOf(record, 'nature')) ?? find(natures, caseClass),
    weight: find(weights, wordOf(record, 'weight')) ?? find(weights, wordOf(record, 'priority')),
    isComplaint: attributeOf(record, 'isComplaint') === true || isComplaintClass(caseClass),
  };
}

function find<Word>(words: readonly (readonly [RegExp, Word])[], text: string): Word | null {
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function readSteps(record: CustomerRecord, causeCode: string | null): readonly CaseStep[] | null {
  const at = record.occurredAt;
  const by = bot.test(wordOf(record, 'by')) ? 'bot' : 'person';
  switch (record.type) {
    case 'case.responded':
      return [{ kind: 'respond', at, by }];
    case 'case.progressed':
      return [{ kind: 'progress', at, by, isToCustomer: wordOf(record, 'toCustomer') !== 'false' }];
    case 'case.resolved':
      return [{ kind: 'resolve', at, causeCode }];
    case 'case.followed_up':
      return [{ kind: 'follow-up', at }];
    case 'case.reopened':
      return [{ kind: 'reopen', at }];
    case 'case.closed':
      // Whoever closes an unsolved case says that it is solved; that it is asked about is another thing.
      return [
        { kind: 'resolve', at, causeCode },
        { kind: 'close', at, causeCode },
      ];
    default:
      return null;
  }
}

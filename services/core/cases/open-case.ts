import { openClocks } from '../clocks/service-clocks.ts';
import type { EpochMs } from '../units.ts';
import { type BookedCase, type CaseBook, findCase, isSettled, mostUnclosedCases, oweCase } from './case-book.ts';
import { momentOf } from './case-moment.ts';
import { type CaseResult, refuse } from './case-result.ts';
import type { CaseRules } from './case-rules.ts';
import type { CaseNature, CaseWeight } from './service-case.ts';
import { forgetCases } from './forget-cases.ts';

/** The case of openings and steps that name none: one for all of them, as features count them. */
export const unnamedCase = 'unnamed';

export interface CaseOpening {
  readonly caseId: string;
  readonly at: EpochMs;
  readonly channel: string;
  /** Null for the tenant's default. */
  readonly nature: CaseNature | null;
  readonly weight: CaseWeight | null;
  readonly isComplaint: boolean;
}

/** Opens a case, with its clocks. An id that stands already opens nothing; the unnamed case begins anew once it is solved. */
export function openCase(before: CaseBook, opening: CaseOpening, rules: CaseRules): CaseResult {
  const { caseId } = opening;
  const standing = findCase(before, caseId);
  if (standing !== null && !(caseId === unnamedCase && isSettled(standing.case))) return refuse(before, 'case-exists');
  const others = before.cases.filter((each) => each !== standing);
  const book = makeRoom({ ...before, cases: others });
  if (book === null) return refuse(before, 'too-many-cases');
  const opened = newCase(opening, rules, { tier: book.tier, version: (standing?.version ?? 0) + 1 });
  const next = forgetCases(oweCase({ ...book, cases: [...book.cases, opened] }, opened));
  return { book: next, moments: [momentOf(opened, 'opened', opening.at)], fault: null };
}

function newCase(
  { caseId, at, channel, isComplaint, ...kind }: CaseOpening,
  rules: CaseRules,
  { tier, version }: { readonly tier: string | null; readonly version: number },
): BookedCase {
  const nature = kind.nature ?? rules.defaults.nature;
  const weight = kind.weight ?? rules.defaults.weight;
  const queue = rules.queueOf({ nature, isComplaint });
  const clocks = openClocks({ weight, isComplaint, tier }, at, rules.clocksOf(queue));
  const state = { caseId, channel, nature, weight, isComplaint, status: 'opened', owner: null } as const;
  const notYet = { causeCode: null, reopenings: 0, reopenedAt: null, resolvedAt: null, closedAt: null };
  const course = { openedAt: at, updatedAt: at, ...notYet, clocks };
  return { case: { ...state, ...course }, queue, version, changedAt: at, progressedAt: at, isStuck: false };
}

/** Solved cases that nobody closes make room for new ones, the one longest solved first. Null where none is solved. */
function makeRoom(book: CaseBook): CaseBook | null {
  const unclosed = book.cases.filter((each) => each.case.status !== 'closed');
  if (unclosed.length < mostUnclosedCases) return book;
  const settled = unclosed.filter((each) => isSettled(each.case));
  if (settled.length === 0) return null;
  const oldest = settled.reduce((one, other) => (other.case.updatedAt < one.case.updatedAt ? other : one));
  return forgetCases(book, oldest.case.caseId);
}

import type { ClockName } from '../clocks/clock-rule.ts';
import type { EpochMs } from '../units.ts';
import type { BookedCase } from './case-book.ts';
import type { CaseNature, CaseWeight } from './service-case.ts';

/** What others do something about: `warned`, `overdue`, `escalated` and `stuck` come with time alone. */
export type CaseMomentKind =
  | 'opened' | 'answered' | 'resolved' | 'followed-up' | 'closed' | 'reopened' | 'sorted'
  | 'warned' | 'overdue' | 'escalated' | 'stuck'; // prettier-ignore

/** Something happened to a case. */
export interface CaseMoment {
  readonly kind: CaseMomentKind;
  readonly caseId: string;
  readonly at: EpochMs;
  readonly isComplaint: boolean;
  readonly nature: CaseNature;
  readonly weight: CaseWeight;
  readonly queue: string;
  /** How often it had been opened again. */
  readonly reopenings: number;
  /** Of `warned`, `overdue` and `escalated`; else null. */
  readonly clock: ClockName | null;
  /** Of `escalated`: which step of the chain, from 1, and before whom; else null. */
  readonly step: number | null;
  readonly role: string | null;
}

/** A moment of a case as it stands. */
export function momentOf(booked: BookedCase, kind: CaseMomentKind, at: EpochMs): CaseMoment {
  const { caseId, isComplaint, nature, weight, reopenings } = booked.case;
  const { queue } = booked;
  return { kind, caseId, at, isComplaint, nature, weight, queue, reopenings, clock: null, step: null, role: null };
}

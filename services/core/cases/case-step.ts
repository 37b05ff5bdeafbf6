import type { EpochMs } from '../units.ts';
import type { CaseNature, CaseWeight } from './service-case.ts';

interface StepOf<Kind extends string> {
  readonly kind: Kind;
  readonly at: EpochMs;
}

/** What people, bots and systems report of a case that is open. */
export type CaseStep =
  | (StepOf<'respond'> & { readonly by: 'person' | 'bot' })
  | (StepOf<'progress'> & { readonly by: 'person' | 'bot'; readonly isToCustomer: boolean })
  | (StepOf<'wait'> & { readonly state: string })
  | StepOf<'resume'>
  | (StepOf<'resolve'> & { readonly causeCode: string | null })
  | StepOf<'follow-up'>
  | StepOf<'reopen'>
  | (StepOf<'close'> & { readonly causeCode: string | null })
  | (StepOf<'assign'> & { readonly owner: string })
  | (StepOf<'sort'> & {
      readonly nature: CaseNature | null;
      readonly weight: CaseWeight | null;
      readonly isComplaint: boolean | null;
    });

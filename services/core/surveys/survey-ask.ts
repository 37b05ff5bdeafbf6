import type { EpochMs } from '../units.ts';
import type { SurveyKind } from './survey.ts';

/** A message that asks a customer; whoever delivers it does so once for each `askId`. */
export interface SurveyAsk {
  /** hash(tenant, surrogate, survey, cause). */
  readonly askId: string;
  readonly survey: string;
  readonly kind: SurveyKind;
  readonly channel: string;
  /** With the link. */
  readonly en: string;
  readonly zhCN: string;
  readonly at: EpochMs;
  readonly expiresAt: EpochMs;
}

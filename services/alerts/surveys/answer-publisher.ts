import type { SurveyClaims } from '../../core/surveys/survey-rules.ts';
import type { SurveyKind } from '../../core/surveys/survey.ts';
import type { GivenAnswer } from './given-answer.ts';

/** Where answers become events. */
export interface AnswerPublisher {
  /**
   * `accepted` also for the same answer sent again; `conflict` for another answer to the same survey. An answer that cannot
   * be written now is ERR_LOG_UNAVAILABLE (retryable): whoever answered sends it again.
   */
  publish(claims: SurveyClaims, kind: SurveyKind, answer: GivenAnswer): Promise<'accepted' | 'conflict'>;
}

import { EngineError } from '../core/errors.ts';
import type { SurveyClaims } from '../core/surveys/survey-rules.ts';
import type { SurveyKind } from '../core/surveys/survey.ts';
import { sendRequest } from '../platform/runtime/http-request.ts';
import type { AnswerPublisher } from './surveys/answer-publisher.ts';
import type { GivenAnswer } from './surveys/given-answer.ts';

export interface IngestTarget {
  /** Without a slash at its end. */
  readonly url: string;
  readonly writeKey: string;
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 5000;

/** Publishes through ingest, like any other source: checked, claimed once, written to the events topic. */
export function buildAnswerPublisher({ url, writeKey, timeoutMs = usualTimeoutMs }: IngestTarget): AnswerPublisher {
  return {
    async publish(claims, kind, answer) {
      const id = `survey-${claims.askId}`;
      const { status, body } = await send(JSON.stringify(eventOf(id, claims, kind, answer)));
      if (status !== 200) throw away(`ingest answered ${status}`);
      const { results } = JSON.parse(body) as {
        results: Readonly<Record<string, { result: string; code: string | null }>>;
      };
      const { result, code } = results[id] ?? { result: 'none', code: null };
      if (result === 'accepted' || result === 'duplicate') return 'accepted';
      if (result === 'conflict') return 'conflict';
      throw new EngineError('ERR_INTERNAL', 'ingest refused the answer to a survey', {
        retryable: false,
        context: { result, code },
      });
    },
  };

  async function send(body: string) {
    const headers = { authorization: `Bearer ${writeKey}`, 'content-type': 'application/json' };
    try {
      return await sendRequest(`${url}/v1/events`, { method: 'POST', headers, body, timeoutMs });
    } catch (cause) {
      throw away('ingest does not answer', cause);
    }
  }
}

/** Without a time, which ingest sets: the same answer sent twice is the same event. */
function eventOf(
  id: string,
  { askId, survey, surrogate }: SurveyClaims,
  kind: SurveyKind,
  answer: GivenAnswer,
): object {
  return {
    id,
    type: 'survey.answered',
    userId: `~${surrogate}`,
    channel: 'survey',
    properties: {
      surveyId: askId,
      surveyKind: kind,
      surveyScore: answer.score,
      survey,
      dimensions: Object.fromEntries(answer.dimensions.map(({ dimension, score }) => [dimension, score])),
    },
  };
}

function away(what: string, cause?: unknown): EngineError {
  const message = `The answer was not taken: ${what}. Send it again in a moment.`;
  return new EngineError('ERR_LOG_UNAVAILABLE', message, { retryable: true, cause });
}

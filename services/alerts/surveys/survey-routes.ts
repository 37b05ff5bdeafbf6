import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SurveyTokens } from '../../core/ports/survey-tokens.ts';
import type { BilingualText } from '../../core/reasons/bilingual-text.ts';
import type { SurveysRule } from '../../core/service/service-document.ts';
import type { SurveyClaims } from '../../core/surveys/survey-rules.ts';
import type { AnswerPublisher } from './answer-publisher.ts';
import { readGivenAnswer } from './given-answer.ts';
import { messagePage, surveyPage, surveyPageHeaders, type SurveyQuestions } from './survey-page.ts';
import { surveyMessages, type SurveyMessage } from './survey-messages.ts';

export interface SurveyRoutesDeps {
  readonly tokens: SurveyTokens;
  readonly clock: Clock;
  /** The surveys in force. */
  readonly surveys: () => SurveysRule;
  /** Whether the customer's book holds an answer to the ask already. */
  readonly isAnswered: (ask: SurveyClaims) => Promise<boolean>;
  readonly publisher: AnswerPublisher;
}

interface OpenSurvey {
  readonly claims: SurveyClaims;
  readonly questions: SurveyQuestions;
}

const largestBodyBytes = 8 * 1024;
const retryAfterSeconds = 5;

type WithToken = { Params: { token: string } };

/** `GET /s/{token}` shows the questions of a survey, `POST /s/{token}` takes the answer. The token is all it needs. */
export function addSurveyRoutes(server: FastifyInstance, deps: SurveyRoutesDeps): void {
  server.register((scope, _options, done) => {
    const parser = { parseAs: 'string', bodyLimit: largestBodyBytes } as const;
    scope.addContentTypeParser('application/x-www-form-urlencoded', parser, (_request, body, parsed) =>
      parsed(null, new URLSearchParams(typeof body === 'string' ? body : '')),
    );
    scope.get<WithToken>('/s/:token', (request, reply) => show(request, reply, deps));
    scope.post<WithToken>('/s/:token', { bodyLimit: largestBodyBytes }, (request, reply) => take(request, reply, deps));
    done();
  });
}

async function show(request: FastifyRequest<WithToken>, reply: FastifyReply, deps: SurveyRoutesDeps) {
  const survey = await openSurvey(request.params.token, deps);
  return 'claims' in survey ? sendPage(reply, 200, surveyPage(survey.questions, null)) : sendMessage(reply, survey);
}

async function take(request: FastifyRequest<WithToken>, reply: FastifyReply, deps: SurveyRoutesDeps) {
  const survey = await openSurvey(request.params.token, deps);
  if (!('claims' in survey)) return sendMessage(reply, survey);
  const { claims, questions } = survey;
  const dimensions = questions.dimensions.map(({ dimension }) => dimension);
  const answer = readGivenAnswer(request.body, { kind: questions.kind, dimensions });
  if (typeof answer === 'string') return sendPage(reply, 400, surveyPage(questions, faultOf(answer)));
  try {
    const result = await deps.publisher.publish(claims, questions.kind, answer);
    return await sendMessage(reply, result === 'accepted' ? surveyMessages.thanks : surveyMessages.answered);
  } catch (error) {
    if (!(error instanceof EngineError && error.retryable)) throw error;
    request.log.warn({ route: '/s/:token', code: error.code }, 'the answer to a survey was not taken');
    reply.header('retry-after', retryAfterSeconds);
    return sendMessage(reply, surveyMessages.away);
  }
}

/** The survey that a token is for, or why it cannot be answered. */
async function openSurvey(token: string, deps: SurveyRoutesDeps): Promise<OpenSurvey | SurveyMessage> {
  const claims = deps.tokens.read(token);
  if (claims === null) return surveyMessages.unknown;
  if (claims.expiresAt <= deps.clock.now()) return surveyMessages.expired;
  const { ask, dimensions } = deps.surveys();
  const rule = Object.hasOwn(ask, claims.survey) ? ask[claims.survey] : undefined;
  if (rule === undefined) return surveyMessages.expired;
  if (await deps.isAnswered(claims)) return surveyMessages.answered;
  const { kind, question } = rule;
  const labelled = rule.dimensions.map((dimension) => ({ dimension, label: dimensions[dimension] }));
  return { claims, questions: { kind, question, dimensions: labelled } };
}

function faultOf(what: string): BilingualText {
  return { en: `Please look at your answer again (${what}).`, zhCN: `请检查您的回答（${what}）。` };
}

function sendMessage(reply: FastifyReply, { status, title, text }: SurveyMessage) {
  return sendPage(reply, status, messagePage(title, text));
}

function sendPage(reply: FastifyReply, status: number, html: string) {
  return reply.code(status).headers(surveyPageHeaders).send(html);
}

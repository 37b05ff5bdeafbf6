import { afterEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import type { SurveyClaims } from '../../../../services/core/surveys/survey-rules.ts';
import { surveyOperations } from '../../../../services/alerts/describe-surveys.ts';
import type { GivenAnswer } from '../../../../services/alerts/surveys/given-answer.ts';
import { addSurveyRoutes } from '../../../../services/alerts/surveys/survey-routes.ts';
import { createSurveyTokens } from '../../../../services/platform/crypto/survey-token.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { readService } from '../../../../services/platform/runtime/read-service.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';

const { document } = await readService(null, { queues: null, tiers: null });
const tokens = createSurveyTokens(Buffer.alloc(32, 7));
const now = 1_780_000_000_000;
const claims: SurveyClaims = {
  tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff', askId: 'ffeeddccbbaa99887766554433221100', survey: 'after-case',
  expiresAt: now + 1,
}; // prettier-ignore
const link = `/s/${tokens.issue(claims)}`;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

/** A server that remembers what was published; `fate` is what becomes of it. */
function serve(fate: 'accepted' | 'conflict' | 'away' = 'accepted', isAnswered = false) {
  const published: { claims: SurveyClaims; kind: string; answer: GivenAnswer }[] = [];
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    api: { title: 'Surveys', description: 'Surveys.', operations: surveyOperations },
  });
  addSurveyRoutes(server, {
    tokens,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    surveys: () => document.surveys,
    isAnswered: () => Promise.resolve(isAnswered),
    publisher: {
      publish(ask, kind, answer) {
        if (fate === 'away') return Promise.reject(new EngineError('ERR_LOG_UNAVAILABLE', 'away', { retryable: true }));
        published.push({ claims: ask, kind, answer });
        return Promise.resolve(fate);
      },
    },
  });
  close = () => server.close();
  return { server, published };
}

describe('the page of a survey', () => {
  it('shows its questions in both languages, without scripts, to nobody but who asked for it', async () => {
    const { server } = serve();
    const { statusCode, headers, body } = await server.inject(link);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(body).toContain('How satisfied are you with how we solved your concern?');
    expect(body).toContain('您对本次问题的处理是否满意？');
    expect(body.match(/<fieldset/g)).toHaveLength(4);
    expect(body.match(/<legend>/g)).toHaveLength(4);
    expect(body.match(/name="score" value="\d" required/g)).toHaveLength(5);
    expect(body).not.toMatch(/<script|onload|src=/);
  });

  it('takes an answer as a form and as JSON', async () => {
    const { server, published } = serve();
    const body = 'score=4&dimension-response-speed=2&dimension-staff-attitude=';
    const answer = await server.inject({ method: 'POST', url: link, headers: form, body });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('感谢您');
    const json = { score: 4, dimensions: { 'response-speed': 2 } };
    expect((await server.inject({ method: 'POST', url: link, payload: json })).statusCode).toBe(200);
    const expected = { score: 4, dimensions: [{ dimension: 'response-speed', score: 2 }] };
    expect(published).toEqual([
      { claims, kind: 'csat', answer: expected },
      { claims, kind: 'csat', answer: expected },
    ]);
  });

  it.each([
    ['', 'score: must be a whole number from 1 to 5'],
    ['score=0', 'score: must be a whole number from 1 to 5'],
    ['score=6', 'score: must be'],
    ['score=4.5', 'score: must be'],
    ['score=<b>', 'score: must be'],
    ['score=4&dimension-staff-attitude=9', 'staff-attitude: must be a whole number from 1 to 5'],
  ])('shows what is wrong with %j and publishes nothing', async (body, what) => {
    const { server, published } = serve();
    const answer = await server.inject({ method: 'POST', url: link, headers: form, body });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(what);
    expect(answer.body).toContain('role="alert"');
    expect(published).toEqual([]);
  });

  it('leaves out what is not asked about', async () => {
    const { server, published } = serve();
    await server.inject({ method: 'POST', url: link, headers: form, body: 'score=4&dimension-price=1&else=1' });
    expect(published[0]?.answer).toEqual({ score: 4, dimensions: [] });
  });

  it('says when a link is forged, has ended, or was answered', async () => {
    const { server, published } = serve();
    const forged = `${link.slice(0, -1)}${link.endsWith('A') ? 'Q' : 'A'}`;
    const ended = `/s/${tokens.issue({ ...claims, expiresAt: now })}`;
    const dropped = `/s/${tokens.issue({ ...claims, survey: 'no-more' })}`;
    for (const [url, status] of [[forged, 404], [ended, 410], [dropped, 410], ['/s/x', 404]] as const) {
      expect((await server.inject(url)).statusCode).toBe(status);
      const post = await server.inject({ method: 'POST', url, headers: form, body: 'score=4' });
      expect(post.statusCode).toBe(status);
      expect(post.headers['content-type']).toContain('text/html');
    } // prettier-ignore
    expect(published).toEqual([]);
    await close?.();
    expect((await serve('accepted', true).server.inject(link)).statusCode).toBe(409);
    await close?.();
    const again = await serve('conflict').server.inject({ method: 'POST', url: link, headers: form, body: 'score=1' });
    expect(again.statusCode).toBe(409);
  });

  it('asks for the answer again while it cannot be stored', async () => {
    const { server } = serve('away');
    const answer = await server.inject({ method: 'POST', url: link, headers: form, body: 'score=1' });
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.body).toContain('请稍后再试');
  });

  it('reads no large bodies', async () => {
    const { server } = serve();
    const answer = await server.inject({ method: 'POST', url: link, headers: form, body: `score=${'1'.repeat(9000)}` });
    expect(answer.statusCode).toBe(413);
  });
});

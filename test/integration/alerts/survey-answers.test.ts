import { describe, expect, it } from 'vitest';
import { surrogateId } from '../../../services/core/identity/surrogate-id.ts';
import { readAnswer } from '../../../services/core/surveys/read-answer.ts';
import { buildAnswerPublisher } from '../../../services/alerts/build-answer-publisher.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { oneIngest } from '../../support/one-ingest.ts';

const served = oneIngest();

function tenant() {
  const [first] = served.world.installation.tenants;
  return first ?? expect.fail('no tenant');
}

function anAsk(askId: string, surrogate: string) {
  return { tenant: tenant().id, surrogate, askId, survey: 'after-case', expiresAt: 0 };
}

describe('an answer to a survey', () => {
  it('becomes one event of the customer who was asked, whatever id the business knows them by', async () => {
    const surrogate = surrogateId(nodeDigest, tenant().pseudonymKey, 'anonymous', 'someone@example.com');
    const publisher = buildAnswerPublisher({ url: served.url, writeKey: served.world.writeKey });
    const ask = anAsk('ffeeddccbbaa99887766554433221100', surrogate);
    const answer = { score: 2, dimensions: [{ dimension: 'price', score: 1 }] } as const;
    expect(await publisher.publish(ask, 'csat', answer)).toBe('accepted');
    expect(await publisher.publish(ask, 'csat', answer)).toBe('accepted');
    expect(await publisher.publish(ask, 'csat', { score: 5, dimensions: [] })).toBe('conflict');
    const events = (await served.world.events()).filter(({ eventId }) => eventId === `survey-${ask.askId}`);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'survey.answered', channel: 'survey', surrogate, envelope: null });
    expect(events[0] && readAnswer(events[0])).toEqual({
      surveyId: ask.askId,
      kind: 'csat',
      score: 2,
      dimensions: [{ dimension: 'price', score: 1 }],
    });
  });

  it('is not taken while ingest is away or does not know the key', async () => {
    const ask = anAsk('00000000000000000000000000000001', '0'.repeat(32));
    const away = buildAnswerPublisher({ url: 'http://127.0.0.1:1', writeKey: served.world.writeKey, timeoutMs: 2000 });
    const failure = { code: 'ERR_LOG_UNAVAILABLE', retryable: true };
    await expect(away.publish(ask, 'csat', { score: 2, dimensions: [] })).rejects.toMatchObject(failure);
    const stranger = buildAnswerPublisher({ url: served.url, writeKey: 'unknown' });
    await expect(stranger.publish(ask, 'csat', { score: 2, dimensions: [] })).rejects.toMatchObject(failure);
  });
});

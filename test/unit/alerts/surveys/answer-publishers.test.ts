import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAnswerPublishers } from '../../../../services/alerts/build-answer-publishers.ts';
import { newInstallation } from '../../../../services/platform/runtime/new-installation.ts';
import { openReceiver } from '../../../support/webhook-receiver.ts';

const askId = 'a'.repeat(32);
const anAsk = { surrogate: 'b'.repeat(32), askId, survey: 'after-case', expiresAt: 0 };
const answer = { score: 4, dimensions: [] };
const shop = newInstallation({ tenant: 'shop' });
const hotel = newInstallation({ tenant: 'hotel' });
const installation = { tenants: [...shop.file.tenants, ...hotel.file.tenants] };

describe('answers to surveys of several tenants', () => {
  let ingest: Awaited<ReturnType<typeof openReceiver>>;

  beforeAll(async () => {
    ingest = await openReceiver((response) =>
      response.end(JSON.stringify({ results: { [`survey-${askId}`]: { result: 'accepted', code: null } } })),
    );
  });
  afterAll(() => ingest.close());

  it('are sent under the key of the tenant that asked', async () => {
    const writeKeys = `${shop.writeKeys.web}, ${hotel.writeKeys.web}`;
    const publisher = buildAnswerPublishers({ installation, url: `${ingest.url}/`, writeKeys });
    for (const tenant of ['hotel', 'shop']) {
      expect(await publisher.publish({ ...anAsk, tenant }, 'csat', answer)).toBe('accepted');
    }
    const keys = [hotel, shop].map(({ writeKeys: { web } }) => `Bearer ${web}`);
    expect(ingest.calls.map(({ headers }) => headers.authorization)).toEqual(keys);
  });

  it('wait while their tenant has no key, or there is no ingest', async () => {
    const failure = { code: 'ERR_OVERLOADED', retryable: true };
    const ofShop = buildAnswerPublishers({ installation, url: ingest.url, writeKeys: shop.writeKeys.web ?? null });
    await expect(ofShop.publish({ ...anAsk, tenant: 'hotel' }, 'csat', answer)).rejects.toMatchObject(failure);
    const nowhere = buildAnswerPublishers({ installation, url: null, writeKeys: shop.writeKeys.web ?? null });
    await expect(nowhere.publish({ ...anAsk, tenant: 'shop' }, 'csat', answer)).rejects.toMatchObject(failure);
  });
});

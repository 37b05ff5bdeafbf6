import { describe, expect, it } from 'vitest';
import { snowplowDialect } from '../../../../../services/ingest/dialects/snowplow/snowplow-dialect.ts';

/** As @snowplow/node-tracker 4.8.0 sends it. */
const sent = {
  e: 'ue', eid: '5bc08039-4a09-42e1-8e0e-78c96e2c634a', p: 'srv', tv: 'node-4.8.0', tna: 'n', aid: 'shop', uid: 'u1',
  dtm: '1777629600000', stm: '1795777210861',
}; // prettier-ignore
const schema = 'iglu:com.acme/order/jsonschema/1-0-0';
const wrapped = (data: unknown) => JSON.stringify({ schema: 'iglu:com.snowplowanalytics.snowplow/x/jsonschema/1-0-0', data }); // prettier-ignore
const ue = wrapped({ schema, data: { revenue: 10 } });
const entities = wrapped([
  { schema: 'iglu:com.acme/campaign/jsonschema/1-0-0', data: { code: 'k' } },
  { schema: 'iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2', data: { userId: 'device' } },
]);
const base64 = (text: string) => Buffer.from(text).toString('base64url');
const translate = (changes: object) => snowplowDialect.translate('post', { ...sent, ...changes }, {});

describe('the Snowplow dialect', () => {
  it('refuses JSON in a field that is nested deeper than an event may be', () => {
    const deep = `{"schema":"x","data":{"schema":"${schema}","data":{"address":${'['.repeat(9000)}${']'.repeat(9000)}}}}`;
    for (const changes of [{ ue_pr: deep }, { ue_px: base64(deep) }]) {
      expect(translate(changes)).toMatchObject({
        fault: expect.stringContaining('no self-describing event') as string,
      });
    }
  });

  it('opens a POST with its events, and a GET as one event without its key', () => {
    const body = { schema: 'iglu:x', data: [sent] };
    expect(snowplowDialect.open('post', { headers: {}, query: {}, body })).toMatchObject({ events: [sent], from: { member: 'data' } }); // prettier-ignore
    const query = { ...sent, writeKey: 'k' };
    const opened = snowplowDialect.open('get', { headers: {}, query, body: undefined });
    expect(opened).toEqual({ share: {}, events: [sent], from: 'none' });
    expect(snowplowDialect.writeKey({ headers: {}, query, body: undefined })).toBe('k');
    expect(snowplowDialect.open('post', { headers: {}, query: {}, body: [] })).toMatch(/"data" is no list/);
  });

  it.each([
    ['plain', { ue_pr: ue, co: entities }],
    ['base64', { ue_px: base64(ue), cx: base64(entities) }],
    ['padded base64', { ue_px: Buffer.from(ue).toString('base64'), cx: Buffer.from(entities).toString('base64') }],
    ['an object', { ue_pr: JSON.parse(ue), co: JSON.parse(entities) }],
  ])('reads a self-describing event and the entities of the business in %s', (_how, fields) => {
    expect(translate(fields)).toMatchObject({
      clientEventId: sent.eid,
      fault: null,
      type: null,
      name: schema,
      userId: 'u1',
      time: '2026-05-01T10:00:00.000Z',
      channelHints: [undefined, undefined],
    });
    expect(translate(fields).properties).toEqual({ revenue: 10, campaign: { code: 'k' } });
  });

  it.each([
    ['pv', { url: 'https://x.org', page: 'Home' }, 'page.viewed', null, { url: 'https://x.org', pageName: 'Home' }],
    ['pp', { url: 'https://x.org' }, 'custom', 'page_ping', { url: 'https://x.org' }],
    ['se', { se_ca: 'shop', se_ac: 'add to cart', se_va: '2' }, null, 'add to cart', { category: 'shop', value: '2' }],
    ['tr', { tr_id: 'o1', tr_tt: '10.00', tr_cu: 'EUR' }, null, 'transaction', { orderId: 'o1', total: '10.00', currency: 'EUR' }],
    ['ti', { ti_id: 'o1', ti_sk: 's', ti_pr: '5' }, 'custom', 'transaction_item', { orderId: 'o1', sku: 's', price: '5' }],
  ])('reads %s', (e, fields, ...[type, name, properties]) => {
    expect(translate({ e, ...fields })).toMatchObject({ fault: null, type, name });
    expect(translate({ e, ...fields }).properties).toEqual(properties);
  }); // prettier-ignore

  it('takes the true time first, the anonymous id of a browser, and the platform for the channel', () => {
    const event = translate({ e: 'pv', ttm: '1777629600001', uid: undefined, duid: 'd1', p: 'mob', ip: '192.0.2.1' });
    expect(event).toMatchObject({ time: '2026-05-01T10:00:00.001Z', anonymousId: 'd1', traits: { ip: '192.0.2.1' } });
    expect(event.channelHints).toContain('app');
    expect(translate({ e: 'pv', dtm: 'soon' }).time).toBe('soon');
  });

  it('says the same content when it is sent again', () => {
    expect(translate({ ue_pr: ue, stm: '1' }).content).toEqual(translate({ ue_pr: ue, stm: '2' }).content);
  });

  it.each([
    ['no kind', { e: undefined }],
    ['a self-describing event without its event', {}],
    ['broken base64', { ue_px: '!!' }],
    ['a description of nothing', { ue_pr: '{"data":null}' }],
    ['a structured event without action', { e: 'se' }],
  ])('says what is wrong with %s', (_what, fields) => {
    expect(translate(fields)).toMatchObject({ clientEventId: sent.eid, fault: expect.any(String) });
  });
});

import { describe, expect, it } from 'vitest';
import { cloudEventsDialect } from '../../../../../services/ingest/dialects/cloudevents/cloudevents-dialect.ts';

/** As cloudevents 10.0.0 sends it. */
const headers = {
  'content-type': 'application/json; charset=utf-8', 'ce-id': 'c1', 'ce-time': '2026-05-01T10:00:00.000Z',
  'ce-type': 'com.acme.order.placed', 'ce-source': '/shop', 'ce-specversion': '1.0', 'ce-subject': 'u1',
}; // prettier-ignore
const structured = {
  id: 'c1', time: '2026-05-01T10:00:00.000Z', type: 'com.acme.order.placed', source: '/shop', specversion: '1.0',
  subject: 'u1', data: { revenue: 10 },
}; // prettier-ignore
const translate = (event: unknown) => cloudEventsDialect.translate('events', event, {});

function openBinary(body: unknown, changes: Record<string, string> = {}) {
  const opened = cloudEventsDialect.open('events', { headers: { ...headers, ...changes }, query: {}, body });
  if (typeof opened === 'string') throw new Error(opened);
  return opened.events[0];
}

describe('the CloudEvents dialect', () => {
  it('reads the same from binary and structured events', () => {
    const { content, ...binary } = translate(openBinary({ revenue: 10 }));
    const { content: _content, ...expected } = translate(structured);
    expect(binary).toEqual(expected);
    expect(content).toMatchObject({ id: 'c1', data: { revenue: 10 } });
    expect(binary).toMatchObject({
      clientEventId: '/shop c1',
      name: 'com.acme.order.placed',
      userId: 'u1',
      type: null,
    });
  });

  it('reads JSON that was sent as bytes, and no other bytes', () => {
    const { data, ...bare } = structured;
    const bytes = (text: string, type?: string) => translate({ ...bare, data_base64: Buffer.from(text).toString('base64'), ...(type === undefined ? {} : { datacontenttype: type }) }); // prettier-ignore
    for (const type of [undefined, 'application/json', 'application/vnd.acme+json; charset=utf-8']) {
      expect(bytes(JSON.stringify(data), type).properties).toEqual(data);
    }
    expect(bytes(JSON.stringify({ ...data, userId: 'u9' })).userId).toBe('u9');
    for (const [text, type] of [
      ['{', undefined],
      ['{"a":1}', 'application/octet-stream'],
      [`${'['.repeat(99)}${']'.repeat(99)}`, undefined],
    ] as const) {
      expect(bytes(text, type).properties).toEqual({});
    }
  });

  it.each([
    ['a structured event', structured, 'application/cloudevents+json;charset=UTF-8', 'body'],
    ['a batch', [structured], 'application/cloudevents-batch+json', 'list'],
    ['a structured event under any type', structured, 'text/plain', 'body'],
  ])('opens %s', (_what, body, type, from) => {
    const opened = cloudEventsDialect.open('events', { headers: { 'content-type': type }, query: {}, body });
    expect(opened).toMatchObject({ from, events: [structured] });
  });

  it('keeps data that is no JSON as a text, and percent-encoded attributes as what they mean', () => {
    const toJson = (text: string, type: string) =>
      cloudEventsDialect.toJson?.(text, { headers: { ...headers, 'content-type': type }, query: {} });
    expect(toJson('<a/>', 'application/xml')).toBe('"<a/>"');
    expect(toJson('{}', 'application/vnd.acme+json')).toBe('{}');
    expect(toJson('', 'application/json')).toBe('null');
    expect(translate(openBinary('hello')).properties).toEqual({ data: 'hello' });
    expect(openBinary({}, { 'ce-subject': '%E5%AE%A2', 'ce-other': '100%' })).toMatchObject({
      subject: '客',
      other: '100%',
    });
  });

  it.each([
    ['an extension', { userid: 'x', subject: 's' }, 'x'],
    ['the data', { data: { customer_id: 7 }, subject: 's' }, 7],
    ['a subject', { subject: 'u1' }, 'u1'],
    ['a subject that says so', { subject: 'customers/u1' }, 'u1'],
    ['no subject of another kind', { subject: 'orders/7' }, undefined],
    ['no subject beside an anonymous id', { subject: 'u1', anonymousid: 'a' }, undefined],
  ])('finds the customer in %s', (_where, fields, userId) => {
    expect(translate({ ...structured, ...fields }).userId).toBe(userId);
  });

  it('leaves a time that is none as it stands', () => {
    expect(translate({ ...structured, time: 'not-a-date' }).time).toBe('not-a-date');
  });

  it.each(['id', 'source', 'type', 'specversion'])('says that %s is missing', (name) => {
    expect(translate({ ...structured, [name]: undefined }).fault).toContain(`"${name}"`);
  });

  it.each([[null], ['x'], [[]], [{ ...structured, specversion: '0.3' }]])('cannot read %j', (event) => {
    expect(translate(event).fault).not.toBeNull();
  });

  it('answers with the ids that senders know', () => {
    const results = [{ key: '/shop a b', result: 'accepted', code: null, detail: null } as const];
    expect(JSON.parse(cloudEventsDialect.answer?.('events', results) ?? 'null')).toMatchObject({
      results: { 'a b': { result: 'accepted' } },
    });
  });
});

import { buildAnswer } from '../../answer-body.ts';
import { isJsonObject } from '../../json-object.ts';
import type { ClientRequest, Dialect, OpenedRequest } from '../dialect.ts';
import { idOfKey } from './event-key.ts';
import { eventOfHeaders } from './event-of-headers.ts';
import { translateCloudEvent } from './translate-cloud-event.ts';

/** CloudEvents 1.0 over HTTP: binary, structured and batch. */
export const cloudEventsDialect: Dialect = {
  name: 'cloudevents',
  calls: [{ method: 'POST', path: '/v1/cloudevents', call: 'events' }],
  writeKey: ({ query }) => query['writeKey'],
  /** The data of a binary event need not be JSON; it is kept as text. */
  toJson(text, request) {
    if (!isBinary(request)) return text;
    if (text.trim() === '') return 'null';
    const type = contentType(request);
    return type === '' || /[/+]json\b/.test(type) ? text : JSON.stringify(text);
  },
  open(_call, request): OpenedRequest | string {
    const { body } = request;
    if (isBinary(request)) return { share: {}, events: [eventOfHeaders(request.headers, body)], from: 'none' };
    if (Array.isArray(body)) return { share: {}, events: body as unknown[], from: 'list' };
    if (isJsonObject(body)) return { share: {}, events: [body], from: 'body' };
    return 'the body is no CloudEvent; send one, a list of them, or ce- headers';
  },
  translate: (_call, event) => translateCloudEvent(event),
  answer: (_call, results) => buildAnswer(results.map((result) => ({ ...result, key: idOfKey(result.key) }))),
};

type Headers = Pick<ClientRequest, 'headers'>;

function isBinary({ headers }: Headers): boolean {
  const hasAttributes = headers['ce-id'] !== undefined || headers['ce-specversion'] !== undefined;
  return hasAttributes && !contentType({ headers }).startsWith('application/cloudevents');
}

function contentType({ headers }: Headers): string {
  const header = headers['content-type'];
  return typeof header === 'string' ? header.trim().toLowerCase() : '';
}

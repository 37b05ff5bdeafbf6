import type { EventType } from '../../../core/events/event-types.ts';
import { isJsonObject } from '../../json-object.ts';
import type { JsonObject } from '../../json-object.ts';
import { saidMembers } from '../said-members.ts';
import { readJsonField } from './read-json-field.ts';

/** What an event says, in the protocol's terms. */
export interface PayloadMeaning {
  readonly type: EventType | null;
  readonly name: string | null;
  readonly properties: JsonObject;
}

/** @returns a sentence that says why the event cannot be read */
export function readMeaning(payload: JsonObject): PayloadMeaning | string {
  switch (payload['e']) {
    case 'pv':
      return { type: 'page.viewed', name: null, properties: pageOf(payload) };
    case 'pp':
      return { type: 'custom', name: 'page_ping', properties: pageOf(payload) };
    case 'ue':
      return readSelfDescribing(payload);
    case 'se':
      return readStructured(payload);
    case 'tr':
      return { type: null, name: 'transaction', properties: transactionOf(payload) };
    case 'ti':
      return { type: 'custom', name: 'transaction_item', properties: itemOf(payload) };
    default:
      return 'e is missing or unknown; send one of pv, pp, ue, se, tr, ti';
  }
}

function readSelfDescribing(payload: JsonObject): PayloadMeaning | string {
  const outer = readJsonField(payload['ue_pr'], payload['ue_px']);
  const inner = isJsonObject(outer) ? outer['data'] : undefined;
  if (!isJsonObject(inner) || typeof inner['schema'] !== 'string' || inner['schema'].trim() === '') {
    return 'ue_pr or ue_px holds no self-describing event; send {"schema": "iglu:…", "data": { … }}';
  }
  const { schema, data } = inner;
  return { type: null, name: schema.trim(), properties: isJsonObject(data) ? data : {} };
}

function readStructured(payload: JsonObject): PayloadMeaning | string {
  const { se_ac: action, se_ca: category, se_la: label, se_pr: property, se_va: value } = payload;
  if (typeof action !== 'string' || action.trim() === '') return 'a structured event needs its action as text in se_ac';
  return { type: null, name: action.trim(), properties: saidMembers({ category, label, property, value }) };
}

function pageOf(payload: JsonObject): JsonObject {
  return saidMembers({ url: payload['url'], pageName: payload['page'], referrer: payload['refr'] });
}

function transactionOf(payload: JsonObject): JsonObject {
  const { tr_id: orderId, tr_tt: total, tr_cu: currency, tr_af: affiliation, tr_tx: tax, tr_sh: shipping } = payload;
  return saidMembers({ orderId, total, currency, affiliation, tax, shipping });
}

function itemOf(payload: JsonObject): JsonObject {
  const { ti_id: orderId, ti_sk: sku, ti_nm: productName, ti_ca: category, ti_pr: price, ti_qu: quantity } = payload;
  return saidMembers({ orderId, sku, productName, category, price, quantity, currency: payload['ti_cu'] });
}

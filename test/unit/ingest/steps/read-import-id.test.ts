import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { judgeEvent } from '../../../../services/ingest/steps/judge-event.ts';
import { readImportId } from '../../../../services/ingest/steps/read-import-id.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aClientEvent, aSender, jsonCodec, plan, receivedAt } from '../ingest-fixtures.ts';

const codec = jsonCodec<CustomerRecord>();

function importIdOf(event: Parameters<typeof aClientEvent>[0]): string | null {
  const context = { sender: aSender(), receivedAt, digest: nodeDigest, maxEventBytes: 32_768, codec, plan };
  const outcome = judgeEvent(aClientEvent(event), '{}', context);
  if (outcome.outcome !== 'ok') throw new Error(outcome.outcome);
  return codec.decodeBody(outcome.value.value).importId;
}

describe('an import id', () => {
  it.each([
    ['is the id of the customer', 'customer-0815', 'customer-0815'],
    ['holds a long id of the customer', 'file-20260501-crm', '20260501'],
    ['is the id of an anonymous customer', 'a1', null],
  ])('stays on the record when it %s', (_what, importId, userId) => {
    expect(importIdOf({ importId, userId, anonymousId: 'a1' })).toBe(importId);
  });

  it.each([[null], [''], ['x'.repeat(200)], [{}], ['jane@example.com'], ['+44 20 7946 0958']])('is not made of %j', (importId) => {
    expect(readImportId({ importId })).toBeNull();
  }); // prettier-ignore
});

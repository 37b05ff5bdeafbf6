import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { createBodyCodec } from '../../../../services/platform/memory/memory-codec.ts';

const epochStarted = { epoch: 1, partitions: 12, reason: 'topic created' };

describe('a control record of a partition', () => {
  it('says what it has to say, and nothing about any customer', () => {
    const record = controlRecord({ kind: 'epoch-started', controlId: 'epoch:1', at: 7, epochStarted });
    expect(record).toMatchObject({
      kind: 'epoch-started',
      eventId: 'epoch:1',
      occurredAt: 7,
      receivedAt: 7,
      epochStarted,
    });
    expect(record).toMatchObject({ surrogate: '', type: '', tenant: '', source: '', identities: [], attributes: [] });
    expect([record.activation, record.dayClosed, record.link, record.snapshot, record.erasure]).toEqual(
      new Array(5).fill(null),
    );
  });

  it('names the tenant whose day it closes', () => {
    const dayClosed = { day: 20_000, timezone: 'Europe/London' };
    const record = controlRecord({ kind: 'day-closed', controlId: 'day:20000', at: 7, tenant: 'shop', dayClosed });
    expect(record).toMatchObject({ tenant: 'shop', dayClosed });
  });

  it('has every field that the schema has', async () => {
    const codec = createBodyCodec<CustomerRecord>('customer-event');
    const record = controlRecord({ kind: 'epoch-started', controlId: 'epoch:1', at: 7, epochStarted });
    expect(await codec.decode([codec.encode(record)])).toEqual([record]);
    expect(Object.values(record)).not.toContain(undefined);
  });
});

import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../../../services/core/events/event-types.ts';
import { applyRecord } from '../../../../services/core/features/apply-record.ts';
import { createBusinessCalendar } from '../../../../services/core/events/business-day.ts';
import { emptyState } from '../../../../services/core/features/empty-state.ts';
import { ownBlock } from '../../../../services/core/features/own-block.ts';
import { featureReading } from '../../../../services/core/features/reads-features.ts';
import { composeEventFact } from '../../../../services/core/kpis/compose-event-fact.ts';
import { countedAs } from '../../../../services/core/kpis/counted-types.ts';
import { factAttributes } from '../../../../services/core/kpis/fact-attributes.ts';
import { ownActsOn } from '../../../../services/core/kpis/own-acts.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aRecord } from '../../../support/builders.ts';

const context = { calendar: createBusinessCalendar('UTC'), digest: nodeDigest };
const dayMs = 86_400_000;
const noon = Date.UTC(2026, 0, 15, 12);

describe('acts of the customer', () => {
  const held = eventTypes.filter((type) => featureReading(aRecord({ type })) !== null);

  it.each(held)('of the type %s move a counter by one where they count as such, and none elsewhere', (type) => {
    const state = emptyState();
    const attributes = [
      { name: 'caseId', value: 'c-1' },
      { name: 'points', value: 70 },
    ];
    applyRecord(state, aRecord({ type, attributes }), { epoch: 1, partition: 0, offset: 0 }, context);
    const acts = ownActsOn(ownBlock(state).features, Math.floor(noon / dayMs));
    expect(acts).toBe(countedAs(type) === 'first-of-day' ? 1 : 0);
  });

  it('are none on a day without any', () => {
    expect(ownActsOn(ownBlock(emptyState()).features, 20_000)).toBe(0);
  });
});

describe('the thin copy of an event', () => {
  it('keeps only attributes that some KPI reads, in their order', () => {
    const attributes = ['category', 'surveyId', 'surveyKind', 'surveyScore', 'topic'].map((name) => ({
      name,
      value: 1,
    }));
    expect(factAttributes('survey.answered', attributes).map(({ name }) => name)).toEqual([
      'surveyKind',
      'surveyScore',
    ]);
    expect(factAttributes('login', attributes)).toEqual([]);
    expect(factAttributes('order.placed', attributes)).toEqual([]);
  });

  it('counts an event whose clock ran ahead at its receipt, and has no channel where the event has none', () => {
    const event = aRecord({ occurredAt: noon + dayMs, receivedAt: noon, channel: '' });
    const counted = { event, factId: 'f', sign: 1, epoch: 1, sequence: 2 } as const;
    expect(composeEventFact(counted, null)).toMatchObject({ at: noon, channel: null, standing: null });
  });

  it('holds nothing that names a person', () => {
    const envelope = { keyId: 'k', fields: [{ name: 'email', sealed: Buffer.from('sealed') }] };
    const identities = [{ type: 'user', hash: 'hash-of-user' }];
    const event = aRecord({ envelope, identities, eventId: 'id-of-the-event', name: 'own name' });
    const text = JSON.stringify(composeEventFact({ event, factId: 'f', sign: 1, epoch: 1, sequence: 2 }, null));
    for (const word of ['sealed', 'hash-of-user', 'id-of-the-event', 'own name']) expect(text).not.toContain(word);
  });
});

import { describe, expect, it } from 'vitest';
import { addInput, type CustomerWork } from '../../../services/alerts/alerts-context.ts';
import { createPublishOutboxes } from '../../../services/alerts/steps/publish-outboxes.ts';
import type { RetentionCommand } from '../../../services/core/commands/retention-command.ts';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { isEventType } from '../../../services/core/events/event-types.ts';
import type { OutgoingRecord, RawRecord } from '../../../services/core/ports/log.ts';
import type { SegmentChanges } from '../../../services/core/segments/segment-changes.ts';
import { careEventTypes } from '../../../services/core/tasks/care-event-types.ts';
import { clearOutbox, owes } from '../../../services/core/tasks/clear-outbox.ts';
import type { TaskInput } from '../../../services/core/tasks/task-input.ts';
import { emptyTaskState } from '../../../services/core/tasks/task-state.ts';
import {
  aLease,
  alertsCodecs,
  alertsTopics,
  createAlertsBench,
  partition,
  readAudits,
} from '../../support/alerts-bench.ts';
import { aScore } from '../../support/score-builder.ts';
import { anAudit } from '../../support/an-audit.ts';

const { surrogate } = aScore();
const control = controlRecord({ kind: 'day-closed', controlId: 'd', at: 1_000, tenant: 'demo' });
const event: CustomerRecord = { ...control, kind: 'event', eventId: 'e', type: 'order.placed', surrogate };
const segments: SegmentChanges = {
  changeId: 'c',
  tenant: 'demo',
  surrogate,
  customerRef: null,
  source: 'web-shop',
  eventId: 'e',
  eventType: 'order.placed',
  cause: 'event',
  asOf: 20_500,
  at: 1_000,
  stateVersion: 1,
  activationId: 'a',
  segments: '1',
  historical: false,
  changes: [],
};
const command: RetentionCommand = {
  commandId: 'c',
  tenant: 'demo',
  surrogate,
  verb: 'claim',
  actor: 'anna',
  at: 1_000,
  taskId: 't',
  caseId: null,
  digest: 'd',
  ...{ owner: null, until: null, result: null, reason: null, note: null, state: null, nature: null, weight: null },
  ...{ isComplaint: null, channel: null, points: null, isToCustomer: null, by: null },
};

/** A bench whose rules only take down what they are given. */
function openBench() {
  const inputs: TaskInput[] = [];
  const bench = createAlertsBench({
    reducer: () => ({
      apply: (_key, state, input) => {
        inputs.push(input);
        return { result: 'stale', state, fault: null, decisions: [] };
      },
      nextDueAt: () => null,
    }),
  });
  return { ...bench, inputs };
}

function raw(value: Buffer | null, offset: number, key: string | null = surrogate): RawRecord {
  return { offset, key, value, timestamp: 1_000 };
}

describe('the inputs of alerts', () => {
  it('are events that something reacts to, each with its place in the log', async () => {
    const bench = openBench();
    const forwarded = { ...event, kind: 'forwarded' } as const;
    const of = (record: CustomerRecord) => alertsCodecs.events.encode(record);
    await bench.deliverRecords(
      [
        raw(of(event), 5),
        raw(of({ ...event, type: 'page.viewed' }), 6),
        raw(of({ ...event, kind: 'consent-changed', consent: [] }), 7),
        raw(of(forwarded), 8),
        raw(of(control), 9, null),
        raw(Buffer.from('of the whole partition, and never decoded'), 10, null),
      ],
      { topic: alertsTopics.events },
    );
    expect(bench.inputs).toEqual([
      { kind: 'event', event, place: { logId: null, offset: 5 } },
      { kind: 'event', event: forwarded, place: { logId: null, offset: 8 } },
    ]);
    expect(bench.unreadable).toEqual([]);
  });

  it('are segment changes and commands, in the order of their log', async () => {
    const bench = openBench();
    const of = (each: SegmentChanges) => alertsCodecs.segments.encode(each);
    await bench.deliverRecords([raw(of(segments), 1), raw(of({ ...segments, stateVersion: 2 }), 2)], {
      topic: alertsTopics.segments,
    });
    await bench.deliverRecords([raw(alertsCodecs.commands.encode(command), 3)], { topic: alertsTopics.commands });
    expect(bench.inputs).toEqual([
      { kind: 'segments', segments, place: { logId: null, offset: 1 } },
      { kind: 'segments', segments: { ...segments, stateVersion: 2 }, place: { logId: null, offset: 2 } },
      { kind: 'command', command, place: { logId: null, offset: 3 } },
    ]);
  });

  it.each([
    ['segments', 'alerts.decode-segments', alertsCodecs.segments.encode({ ...segments, surrogate: 'me' })],
    ['commands', 'alerts.decode-command', alertsCodecs.commands.encode({ ...command, verb: 'sing' as 'claim' })],
    ['commands', 'alerts.decode-command', alertsCodecs.commands.encode({ ...command, until: 9e15 })],
    ['scores', 'alerts.decode', Buffer.from('no Avro')],
  ] as const)('of %s that cannot be used go to the dead letters, step %s', async (topic, step, value) => {
    const bench = openBench();
    await bench.deliverRecords([raw(value, 1)], { topic });
    expect(bench.inputs).toEqual([]);
    expect(await bench.deadLetters()).toMatchObject([{ topic, step, offset: 1, code: 'ERR_RECORD_DECODE' }]);
  });

  it('of events that cannot be used are counted only: the scorer sets them aside', async () => {
    const bench = openBench();
    const bad = alertsCodecs.events.encode({ ...event, surrogate: 'me' });
    await bench.deliverRecords([raw(Buffer.from('no Avro'), 1), raw(bad, 2)], { topic: alertsTopics.events });
    expect(bench.unreadable).toEqual(['ERR_RECORD_DECODE', 'ERR_RECORD_DECODE']);
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('come from no other topic', async () => {
    const lost = openBench().deliverRecords([raw(Buffer.alloc(1), 1)], { topic: 'kpi.facts.v1' });
    await expect(lost).rejects.toMatchObject({ code: 'ERR_INTERNAL' });
  });

  it('are of types of the vocabulary', () => {
    expect([...careEventTypes].filter((type) => !isEventType(type))).toEqual([]);
  });
});

describe('audit records that a state owes', () => {
  it('are published under their tenant beside the tasks, and cleared by their id', async () => {
    const published: OutgoingRecord[] = [];
    const customers = new Map<string, CustomerWork>();
    addInput(customers, { tenant: 'demo', surrogate }, { kind: 'time', at: 1 });
    const [work] = customers.values();
    const [first, second] = [anAudit(), anAudit({ auditId: 'b'.repeat(32), result: 'refused', reason: 'holdout' })];
    work.stored = { ...emptyTaskState(), audits: [first, second] };
    const sink = {
      publish: (records: readonly OutgoingRecord[]) => Promise.resolve(void published.push(...records)),
      stop: () => Promise.resolve(),
    };
    const lease = aLease();
    const { reducer: served, ...deps } = openBench().deps;
    const publish = createPublishOutboxes({ ...deps, sink });
    const reducer = served();
    await publish({ partition, lease, reducer, connectionEpoch: 1, customers, writesUnchanged: false });
    expect(published.map(({ topic, key, partition: at }) => [topic, key, at])).toEqual(Array(2).fill(['audit', 'demo', undefined])); // prettier-ignore
    expect(readAudits(published)).toEqual([first, second]);
    const third = anAudit({ auditId: 'c'.repeat(32) });
    const cleared = clearOutbox({ ...work.stored, audits: [first, second, third] }, work.published);
    expect(cleared.audits).toEqual([third]);
    expect([owes(work.stored), owes(cleared), owes(clearOutbox(cleared, cleared))]).toEqual([true, true, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { composeTaskFact } from '../../../../services/core/kpis/compose-task-fact.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aTask } from '../../../support/a-task.ts';

const compose = (task: Parameters<typeof aTask>[0]) => composeTaskFact(aTask(task), nodeDigest);
const opened = Date.UTC(2026, 0, 15, 12);
const contact = { contactId: '1', channel: 'email', purpose: 'care', en: 'x', zhCN: 'y', at: opened + 7 } as const;

describe('the fact of a task', () => {
  it('has one id for all versions of the task, ordered by them', () => {
    const [first, second] = [compose({ version: 1 }), compose({ version: 2, change: 'claim', updatedAt: opened + 5 })];
    expect(second.factId).toBe(first.factId);
    expect(first.factId).toMatch(/^[0-9a-f]{32}$/);
    expect(compose({ taskId: '2'.repeat(32) }).factId).not.toBe(first.factId);
    expect([first.type, first.epoch, first.sequence, first.at]).toEqual(['', 0, 1, opened]);
    expect([second.type, second.epoch, second.sequence, second.at]).toEqual(['claim', 0, 2, opened + 5]);
  });

  it.each([
    ['waits in its queue', { owner: 'care', queue: 'care' }, null],
    ['waits for nobody', { owner: null, queue: null }, null],
    ['was taken by a person', { owner: 'mei', queue: 'care' }, 'mei'],
    ['was opened before there were queues', { owner: 'mei', queue: null }, 'mei'],
  ])('names a person only where one has it: %s', (_, placed, staff) => {
    expect(compose(placed).task?.staff).toBe(staff);
  });

  it('was contacted with the first message or answer', () => {
    expect(compose({}).task).toMatchObject({ contactedAt: null, contacts: 0, costMinor: 0 });
    expect(compose({ contacts: [contact] }).task).toMatchObject({
      contactedAt: opened + 7,
      contacts: 1,
      costMinor: 500,
    });
    expect(compose({ contacts: [contact], respondedAt: opened + 3 }).task?.contactedAt).toBe(opened + 3);
    expect(compose({ respondedAt: opened + 3 }).task).toMatchObject({ contactedAt: opened + 3, contacts: 0 });
  });

  it('tells what was measured once it is', () => {
    expect(compose({}).task).toMatchObject({ measuredAt: null, purchases: 0, revenueMinor: 0, churned: false });
    const measured = { until: opened + 9, purchases: 0, revenueMinor: -3, churned: true };
    expect(compose({ measured }).task).toMatchObject({ measuredAt: opened + 9, revenueMinor: -3, churned: true });
  });

  it('carries nobody but the surrogate and the staff', () => {
    const fact = compose({ customerRef: 'user:42', note: 'Mrs Smith called', owner: 'mei', queue: 'care' });
    expect(JSON.stringify(fact)).not.toMatch(/42|Smith/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../services/alerts/alerts-operations.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { aScore } from '../../support/score-builder.ts';
import type { ServiceProcess } from '../../support/service-process.ts';

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const surrogateOf = (number: number) => number.toString(16).padStart(32, '0');

describe('commands on running alerts', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;
  let service: ServiceProcess;
  let keys = 0;

  beforeAll(async () => {
    installation = await provisionAlerts();
    service = await installation.start();
  });
  afterAll(async () => {
    await service.stop();
    await installation.remove();
  });

  async function post(path: string, body: object, key: string): Promise<Answer> {
    const response = await fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${installation.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  function newKey(): string {
    keys += 1;
    return `desk-${keys}`;
  }

  /** What becomes of a command. What a busy machine has not dealt with yet is asked again, under the same key. */
  function ask(task: RetentionTask, verb: string, body: object, key = newKey()): Promise<Answer> {
    return eventually(async () => {
      const answer = await post(`/v1/tasks/${task.taskId}/${verb}`, body, key);
      expect(answer.status).not.toBe(202);
      return answer;
    });
  }

  /** Tasks of people who are looked after, from scores of customers `from` on: about one in ten is held out. */
  async function treatedTasks(from: number, count: number): Promise<RetentionTask[]> {
    const scores = Array.from({ length: count + 30 }, (_, i) =>
      aScore({ surrogate: surrogateOf(from + i), level: 'critical', receivedAt: Date.now() }),
    );
    await installation.publish(scores);
    await installation.done();
    const wanted = new Set(scores.map(({ surrogate }) => surrogate));
    const tasks = (await installation.readTasks()).map(({ value }) => value);
    const treated = tasks.filter(
      ({ surrogate, arm, version }) => wanted.has(surrogate) && arm === 'treated' && version === 1,
    );
    expect(treated.length).toBeGreaterThanOrEqual(count);
    return treated.slice(0, count);
  }

  /** What the audit log says of a task, once it says as much as expected. */
  async function audited(task: RetentionTask, expected: readonly string[]): Promise<void> {
    await eventually(
      async () => {
        const audits = (await installation.readAudits()).filter(({ subject }) => subject === task.taskId);
        const said = audits.map(({ actor, action, result, reason }) => `${actor} ${action} ${result} ${reason ?? '-'}`);
        expect(said).toEqual(expected);
      },
      { timeoutMs: 60_000 },
    );
  }

  it('lead a task from claim to outcome, refuse what cannot be, and stand in the audit log', async () => {
    const [task] = await treatedTasks(1_000, 1);
    const claimed = await ask(task, 'claim', { actor: 'anna' });
    expect(claimed).toMatchObject({ status: 200, body: { taskId: task.taskId, status: 'claimed', owner: 'anna' } });
    expectDescribed(alertsApi, 'POST /v1/tasks/{id}/claim', claimed.body);
    const second = await ask(task, 'claim', { actor: 'ben' });
    expect(second).toMatchObject({ status: 409, body: { code: 'ERR_COMMAND_REFUSED' } });
    expect(second.body['detail']).toMatch(/^claimed-by-other: /);

    const early = await ask(task, 'outcome', { actor: 'anna', result: 'kept' });
    expect([early.status, early.body['detail']]).toEqual([409, expect.stringMatching(/^not-answered: /)]);
    const resolution = { actor: 'anna', result: 'done', note: 'called back' };
    const resolved = await ask(task, 'resolve', resolution);
    expect(resolved).toMatchObject({ status: 200, body: { status: 'resolved', outcome: { result: 'done' } } });
    const again = await ask(task, 'resolve', resolution);
    expect([again.status, again.body['detail']]).toEqual([409, expect.stringMatching(/^already-resolved: /)]);
    const outcome = await ask(task, 'outcome', { actor: 'mary', result: 'kept', reason: 'price' });
    expect(outcome).toMatchObject({
      status: 200,
      body: { status: 'resolved', outcome: { result: 'kept', reason: 'price' } },
    });
    await audited(task, [
      'anna claim done -',
      'ben claim refused claimed-by-other',
      'anna outcome refused not-answered',
      'anna resolve done -',
      'anna resolve refused already-resolved',
      'mary outcome done -',
    ]);
  });

  it('of one key are answered alike and done once, however often they are sent', async () => {
    const [task] = await treatedTasks(2_000, 1);
    const first = await ask(task, 'claim', { actor: 'anna' }, 'once');
    expect(first.status).toBe(200);
    const copies = await Promise.all([1, 2, 3].map(() => ask(task, 'claim', { actor: 'anna' }, 'once')));
    for (const copy of copies) expect(copy).toEqual(first);
    const refused = await ask(task, 'claim', { actor: 'ben' }, 'of ben');
    expect(refused.status).toBe(409);
    expect(await ask(task, 'claim', { actor: 'ben' }, 'of ben')).toEqual(refused);
    const other = await ask(task, 'claim', { actor: 'carl' }, 'once');
    expect([other.status, other.body['detail']]).toEqual([409, expect.stringMatching(/^other-content: /)]);
    await audited(task, ['anna claim done -', 'ben claim refused claimed-by-other']);
    const versions = (await installation.readTasks()).filter(({ value }) => value.taskId === task.taskId);
    expect(versions.map(({ value }) => `${value.version} ${value.status}`)).toEqual(['1 open', '2 claimed']);
  });

  it('at the same time for one task: exactly one takes it', { timeout: 120_000 }, async () => {
    for (const task of await treatedTasks(3_000, 8)) {
      const actors = ['anna', 'ben'];
      const answers = await Promise.all(actors.map((actor) => ask(task, 'claim', { actor })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const winner = actors[answers.findIndex(({ status }) => status === 200)];
      const loser = actors.find((actor) => actor !== winner);
      const response = await fetch(`${service.url}/v1/tasks/${task.taskId}`, {
        headers: { authorization: `Bearer ${installation.token}` },
      });
      expect(await response.json()).toMatchObject({ status: 'claimed', owner: winner });
      await audited(task, [`${winner} claim done -`, `${loser} claim refused claimed-by-other`]);
    }
  });

  it('for a task that nobody knows are answered with 404 and leave nothing behind', async () => {
    const unknown = surrogateOf(77);
    const answer = await post(`/v1/tasks/${unknown}/claim`, { actor: 'anna' }, newKey());
    expect(answer).toMatchObject({ status: 404, body: { code: 'ERR_NOT_FOUND' } });
    expect((await installation.readCommands()).filter(({ value }) => value.taskId === unknown)).toEqual([]);
    expect((await installation.readAudits()).filter(({ subject }) => subject === unknown)).toEqual([]);
  });

  it('and refusals of customers: who refused marketing gets no task of it, and the audit log says why once', async () => {
    const [refusing, willing] = [surrogateOf(4_000), surrogateOf(4_001)];
    const receivedAt = Date.now() - 1_000;
    await installation.publishEvents(
      [refusing, willing].map((surrogate) => ({
        ...{ eventId: `consent-${surrogate}`, type: 'consent.changed', receivedAt, surrogate },
        attributes: [
          { name: 'granted', value: surrogate === willing },
          { name: 'purpose', value: 'marketing' },
        ],
      })),
    );
    await installation.doneWith('events');
    const reasons = [{ code: 'price', contribution: 0.4, en: 'Price', zhCN: '价格' }];
    const scores = [refusing, willing].map((surrogate) =>
      aScore({ surrogate, level: 'high', reasons, receivedAt: receivedAt + 500 }),
    );
    await installation.publish(scores);
    await installation.done();
    // The same once more, and a later one of the same risk: nothing more is to be said.
    await installation.publish(scores);
    await installation.publish(scores.map((score) => ({ ...score, stateVersion: 2, eventId: 'later' })));
    await installation.done();
    const tasks = (await installation.readTasks()).map(({ value }) => value);
    expect(tasks.filter(({ surrogate }) => surrogate === refusing)).toEqual([]);
    const opened = tasks.filter(({ surrogate }) => surrogate === willing);
    expect(new Set(opened.map(({ playbook }) => playbook))).toEqual(new Set(['save-price']));
    const audits = await installation.readAudits();
    expect(audits.filter(({ surrogate }) => surrogate === refusing)).toMatchObject([
      {
        ...{ actor: 'engine', action: 'open-task', result: 'withheld', reason: 'marketing-refused' },
        ...{ playbook: 'save-price', subject: null },
      },
    ]);
    const withheld = audits.filter(({ surrogate, result }) => surrogate === willing && result === 'withheld');
    expect(withheld.filter(({ action }) => action === 'open-task')).toEqual([]);
  });
});

import { PassThrough } from 'node:stream';
import { fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { createDeliveryReader, publicDeliveryId } from '../../../services/alerts/api/delivery-reader.ts';
import { addDeliveryRoutes } from '../../../services/alerts/api/delivery-routes.ts';
import type { AuditRecord } from '../../../services/core/audit/audit-record.ts';
import type { Delivery } from '../../../services/core/deliveries/delivery.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { sendProblem } from '../../../services/platform/http/send-problem.ts';
import { toProblem } from '../../../services/platform/http/to-problem.ts';
import { createMemoryDeliveryStore } from '../../../services/platform/memory/memory-delivery-store.ts';

const start = Date.UTC(2026, 0, 15, 12);
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const subject = { surrogate: 'a'.repeat(32), customerRef: '42', taskId: 't', playbook: 'p', channel: null };
const aDelivery = (id: string, target: string, tenant = 'demo'): Delivery => {
  return {
    id,
    target,
    tenant,
    kind: 'webhook',
    subject,
    createdAt: start,
    dueAt: start,
    payload: '{"type":"task.opened"}',
  };
};

/** The routes of alerts over a store in memory, with one dead delivery per name given. */
async function serve(dead: readonly Delivery[]) {
  const store = createMemoryDeliveryStore();
  await store.enqueue(dead, start);
  for (const [i, lane] of (await store.lanes()).entries()) {
    for (const claimed of await store.claim(lane, { now: start, leaseMs: 1, limit: 1000 })) {
      const reason = claimed.target === 'erp' ? 'status-500' : 'gone';
      await store.settle(claimed, { as: 'dead', reason, at: start + i });
    }
  }
  const audits: AuditRecord[] = [];
  const deliveries = createDeliveryReader({
    ...{ store, clock: { now: () => start + 1000 }, digest: nodeDigest },
    telemetry: { count: () => undefined, died: () => undefined, unreadable: () => undefined, fault: () => undefined },
    note: (record) => Promise.resolve(void audits.push(record)),
  });
  const server = fastify();
  server.decorateRequest('tenant', '');
  server.setErrorHandler((error, _request, reply) => sendProblem(reply, toProblem(error)));
  const authorize = (request: { tenant: string }) => Promise.resolve(void (request.tenant = 'demo'));
  addDeliveryRoutes(server, { deliveries, authorize });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  open.push(() => server.close());
  const pending = async () => {
    const lanes = await store.lanes();
    const found = await Promise.all(
      lanes.map((lane) => store.list(lane, { state: 'pending', after: null, limit: 1000 })),
    );
    return found.flat().map(publicDeliveryId).sort();
  };
  return { url, audits, pending };
}

async function run(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(args, { env: { TIDEWATCH_TOKEN: 'x' }, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('tidewatch delivery', () => {
  it('lists all that was given up, over pages and receivers, of the own tenant alone', async () => {
    const many = Array.from({ length: 230 }, (_, i) => aDelivery(`c${i}`, i % 2 === 0 ? 'erp' : 'crm'));
    const { url } = await serve([...many, aDelivery('x', 'erp', 'other')]);
    const { code, stdout } = await run('delivery', 'list', '--url', url, '--limit', '1000');
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  ')[0]);
    expect(code).toBe(0);
    expect(ids.toSorted()).toEqual(many.map(({ target, id }) => `webhook:${target}:${id}`).sort());
    const few = await run('delivery', 'list', '--url', url, '--limit', '2');
    expect(few.stdout.split('\n')).toHaveLength(3);
    expect(few.stdout).toContain('dead  0 failed  gone');
    expect(few.stderr).toContain('There are more');
    const asJson = await run('delivery', 'list', '--url', url, '--limit', '1', '--json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      kind: 'webhook',
      type: 'task.opened',
      taskId: 't',
      state: 'dead',
    });
  });

  it('replays by reason, each once, and the log says who did what', async () => {
    const { url, audits, pending } = await serve([aDelivery('a', 'erp'), aDelivery('b', 'crm'), aDelivery('c', 'erp')]);
    const { code, stderr } = await run('delivery', 'replay', '--url', url, '--reason', 'status-500');
    expect([code, stderr]).toEqual([0, '2 queued again, 0 not\n']);
    expect(await pending()).toEqual(['webhook:erp:a', 'webhook:erp:c']);
    expect(audits.map(({ action, subject: what, reason }) => [action, what, reason]).sort()).toEqual([
      ['delivery.replay', 'webhook:erp:a', 'status-500'],
      ['delivery.replay', 'webhook:erp:c', 'status-500'],
    ]);
  });

  it('says which could not be replayed, and goes on with the others', async () => {
    const { url, pending } = await serve([aDelivery('a', 'erp')]);
    const { code, stdout } = await run(
      'delivery',
      'replay',
      '--url',
      url,
      'webhook:erp:no',
      'nonsense',
      'webhook:erp:a',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('webhook:erp:no  The delivery is unknown');
    expect(await pending()).toEqual(['webhook:erp:a']);
    expect((await run('delivery', 'replay', '--url', url, 'webhook:erp:a')).stdout).toContain('only dead ones');
  });

  it.each([
    [['replay'], 2, 'Say which'],
    [['replay', 'a', '--all'], 2, 'Say which'],
    [['list', '--state', 'sent'], 2, 'state must be one of'],
    [['list', '--limit', '0'], 2, '--limit'],
  ])('refuses %j', async (args, exitCode, text) => {
    const { url } = await serve([]);
    const { code, stderr } = await run('delivery', ...args, '--url', url);
    expect([code, stderr]).toEqual([exitCode, expect.stringContaining(text)]);
  });
});

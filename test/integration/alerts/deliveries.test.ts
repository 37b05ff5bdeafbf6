import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../services/alerts/alerts-operations.ts';
import { surrogateId } from '../../../services/core/identity/surrogate-id.ts';
import { encodeProfile } from '../../../services/core/profile/encode-profile.ts';
import type { ProfileEntry } from '../../../services/core/profile/profile-entry.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createRedisStateStore } from '../../../services/platform/redis/redis-state-store.ts';
import { mintWriteKey } from '../../../services/platform/runtime/mint-write-key.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { openMailServer } from '../../support/mail-server.ts';
import { openRedis, type OpenedRedis } from '../../support/open-redis.ts';
import type { ServiceProcess } from '../../support/service-process.ts';
import { aTask } from '../../support/task-builder.ts';
import { openReceiver, type ReceivedCall } from '../../support/webhook-receiver.ts';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const hex = (number: number) => number.toString(16).padStart(32, '0');

interface Listed {
  deliveries: { id: string; state: string; reason: string | null; attempts: number; taskId: string }[];
}

describe('deliveries on Kafka and Redis, over HTTP and SMTP', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;
  let redis: OpenedRedis;
  let mail: Awaited<ReturnType<typeof openMailServer>>;
  let hooks: Awaited<ReturnType<typeof openReceiver>>;
  let ingest: Awaited<ReturnType<typeof openReceiver>>;
  let env: Readonly<Record<string, string>>;
  const running = new Set<ServiceProcess>();
  /** What the receiver of webhooks does, by the path of the webhook. */
  const behaviour = new Map<
    string,
    (response: Parameters<Parameters<typeof openReceiver>[0]>[0], count: number) => void
  >();
  const calledAt = (path: string) => hooks.calls.filter((call) => call.path === path);

  beforeAll(async () => {
    installation = await provisionAlerts();
    redis = await openRedis(installation.prefix);
    mail = await openMailServer();
    hooks = await openReceiver((response, { path }) => {
      const answer = behaviour.get(path);
      if (answer === undefined) response.end('{}');
      else answer(response, calledAt(path).length);
    });
    ingest = await openReceiver((response, { body }) => {
      const { batch } = JSON.parse(body) as { batch: { messageId: string }[] };
      const results = Object.fromEntries(batch.map(({ messageId }) => [messageId, { result: 'accepted' }]));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ success: true, results }));
    });
    env = await writeSettings();
  });
  afterEach(async () => {
    await Promise.all([...running].map((service) => service.stop()));
    running.clear();
    behaviour.clear();
  });
  afterAll(async () => {
    await Promise.all([mail.close(), hooks.close(), ingest.close(), redis.redis.close()]);
    await installation.remove();
  });

  async function writeSettings() {
    const webhook = (name: string, events: string[]) => {
      return { url: `${hooks.url}/${name}`, secret_file: 'hook.secret', events, timeout_seconds: 2 };
    };
    const file = {
      format: 1,
      allow: [{ host: '127.0.0.1', networks: ['loopback'] }],
      tenants: {
        [installation.tenant.id]: {
          shop: { en: 'Demo shop', zhCN: '演示商店' },
          quiet: null,
          tracking_url: 'https://t.example',
          links: { shop: 'https://shop.example/offers?a=1' },
          templates_file: 'messages.yaml',
          webhooks: {
            erp: webhook('erp', []),
            hanging: webhook('hanging', []),
            crm: webhook('crm', ['task.opened', 'task.closed']),
          },
          channels: {
            email: {
              ...{ kind: 'smtp', host: '127.0.0.1', port: mail.port, tls: 'plain', timeout_seconds: 20 },
              from: { name: 'Demo', address: 'shop@example.com' },
            },
            sms: { kind: 'webhook', url: `${hooks.url}/sms`, secret_file: 'hook.secret', needs: 'phone' },
          },
        },
      },
    };
    const words = { subject: 'From {{shop}}', text: '{{message}} {{link.shop}}', html: '<p>{{message}}</p>{{pixel}}' };
    const templates = { format: 1, default: { en: words, zhCN: words } };
    // YAML is a superset of JSON.
    await writeFile(join(installation.dir, 'delivery.yaml'), JSON.stringify(file));
    await writeFile(join(installation.dir, 'messages.yaml'), JSON.stringify(templates));
    await writeFile(join(installation.dir, 'hook.secret'), `${secret}\n`);
    const { entry, key } = mintWriteKey({ source: 'tidewatch', channel: 'other' });
    await addWriteKey(entry);
    return {
      TIDEWATCH_DELIVERY_FILE: join(installation.dir, 'delivery.yaml'),
      TIDEWATCH_INGEST_URL: ingest.url,
      TIDEWATCH_DELIVERY_WRITE_KEY: key ?? '',
    };
  }

  async function addWriteKey(entry: object) {
    const file = JSON.parse(await readFile(installation.installationFile, 'utf8')) as {
      tenants: { writeKeys: object[] }[];
    };
    file.tenants[0].writeKeys.push(entry);
    await writeFile(installation.installationFile, JSON.stringify(file));
  }

  async function start(): Promise<ServiceProcess> {
    const service = await installation.start(env);
    running.add(service);
    return service;
  }

  async function api(service: ServiceProcess, path: string, method = 'GET') {
    const headers = { authorization: `Bearer ${installation.token}` };
    const response = await fetch(`${service.url}${path}`, { headers, method });
    return { status: response.status, body: await response.json() };
  }

  const dead = async (service: ServiceProcess) => ((await api(service, '/v1/deliveries')).body as Listed).deliveries;

  function ownTask(number: number, overrides: Partial<RetentionTask> = {}): RetentionTask {
    const now = Date.now();
    const customerRef = `customer-${number}`;
    const { id, pseudonymKey } = installation.tenant;
    const surrogate = surrogateId(nodeDigest, Buffer.from(pseudonymKey, 'hex'), 'user', customerRef);
    return aTask({
      taskId: hex(number),
      tenant: id,
      surrogate,
      customerRef,
      createdAt: now,
      updatedAt: now,
      ...overrides,
    });
  }

  /** Writes a profile as the scorer would. */
  async function know(surrogate: string, fields: Readonly<Record<string, string>>) {
    const { id: tenant, envelopeKey } = installation.tenant;
    const sealer = createAesSealer(envelopeKey.id, Buffer.from(envelopeKey.key, 'hex'));
    const origin = {
      ...{ source: 'web-shop', importId: null, channel: 'web', eventId: 'e', occurredAt: 1, receivedAt: 1 },
      keyId: envelopeKey.id,
    };
    const entries = Object.entries(fields).map(([name, text]): ProfileEntry => {
      const bytes = sealer.seal(Buffer.from(text), `${tenant}|${surrogate}|${name}`);
      return { name, origin, value: { kind: 'sealed', bytes } };
    });
    const profiles = createRedisStateStore({
      redis: redis.redis,
      keyPrefix: installation.prefix,
      namespace: 'profile',
    });
    const key = { tenant, surrogate };
    await profiles.compareAndSet([{ key, expectedVersion: 0, version: 1, bytes: encodeProfile(entries) }]);
  }

  const contactOf = (number: number, channel = 'email') => {
    const texts = { en: 'A present is waiting.', zhCN: '一份小礼物在等您。' };
    return { contactId: `contact-${number}`, channel, purpose: 'care' as const, ...texts, at: Date.now() };
  };

  it('calls webhooks signed, once for each call and version, and a replay of the whole topic calls nothing', async () => {
    const service = await start();
    const first = ownTask(1, { calls: [{ callId: 'call-1', target: 'erp', at: Date.now() }] });
    const second = { ...first, version: 2, change: 'claim', status: 'claimed' as const };
    const third = { ...first, version: 3, change: 'resolve', status: 'resolved' as const };
    const holdout = ownTask(2, { arm: 'holdout', calls: [{ callId: 'call-2', target: 'erp', at: Date.now() }] });
    await installation.publishTasks([first, second, third, holdout]);
    const idOf = ({ headers }: ReceivedCall) => String(headers['webhook-id']);
    const wanted = [
      'call-1',
      'call-2',
      ...[first, holdout].flatMap(({ taskId }) => [1, 2, 3].map((n) => `${taskId}.${n}`)),
    ];
    const own = () => hooks.calls.filter((call) => wanted.includes(idOf(call)));
    const once = [['/crm', `${first.taskId}.1`], ['/crm', `${first.taskId}.3`], ['/erp', 'call-1']]; // prettier-ignore
    const called = () => own().map((call) => [call.path, idOf(call)]).sort(); // prettier-ignore
    await eventually(() => expect(called()).toEqual(once));
    for (const { body, headers } of own()) {
      const said = new Webhook(secret).verify(body, headers as Record<string, string>) as { data: { taskId: string } };
      expect(said.data.taskId).toBe(first.taskId);
    }
    await installation.publishTasks([first, second, third, holdout]);
    // Every partition gets something behind the repetition, so that all of it was read.
    const markers = Array.from({ length: 30 }, (_, i) => ownTask(0x5000 + i));
    await installation.publishTasks(markers);
    const isMarked = (taskId: string) => hooks.calls.some((call) => idOf(call) === `${taskId}.1`);
    await eventually(() => expect(markers.filter(({ taskId }) => !isMarked(taskId))).toEqual([]));
    expect(called()).toEqual(once);
    await eventually(async () => {
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      expect(metrics).toMatch(/tidewatch_deliveries_total\{kind="webhook",result="sent"\} \d+/);
      expect(metrics).toMatch(/tidewatch_deliveries_pending\{kind="webhook"\} \d+/);
    });
  });

  it('mails a customer in the own language, tells ingest of it, of the opening and of the link, and forges lead nowhere', async () => {
    const service = await start();
    const task = ownTask(20, { contacts: [contactOf(20)] });
    await know(task.surrogate, { email: 'ada@example.org', locale: 'zh-CN', timezone: 'Asia/Shanghai' });
    await installation.publishTasks([task, { ...task, version: 2, change: 'updated' }]);
    await eventually(() => expect(mail.received).toHaveLength(1));
    const [{ to, mail: received }] = mail.received;
    expect(to).toEqual(['ada@example.org']);
    expect([received.subject, received.messageId]).toEqual(['From 演示商店', '<contact-20@example.com>']);
    const [, click] = /https:\/\/t\.example(\/t\/c\/\S+)/.exec(received.text ?? '') ?? [];
    const [, pixel] = /https:\/\/t\.example(\/t\/o\/[^"]+)/.exec(String(received.html)) ?? [];
    for (let i = 0; i < 2; i++) {
      const followed = await fetch(`${service.url}${click}`, { redirect: 'manual' });
      expect([followed.status, followed.headers.get('location')]).toEqual([302, 'https://shop.example/offers?a=1']);
      const seen = await fetch(`${service.url}${pixel}`);
      expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/gif']);
    }
    const told = () =>
      ingest.calls
        .flatMap(({ body }) => (JSON.parse(body) as { batch: Record<string, unknown>[] }).batch)
        .filter(({ userId }) => userId === 'customer-20');
    await eventually(() => expect(told()).toHaveLength(3));
    expect(
      told()
        .map(({ event, messageId, userId }) => [event, messageId, userId])
        .sort(),
    ).toEqual([
      ['contact.clicked', 'contact-20.contact.clicked', 'customer-20'],
      ['contact.opened', 'contact-20.contact.opened', 'customer-20'],
      ['contact.sent', 'contact-20.contact.sent', 'customer-20'],
    ]);
    const [body, mark] = click.slice('/t/c/'.length).split('.');
    const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('shop.example', 'evil.example'));
    for (const path of [
      `/t/c/${other.toString('base64url')}.${mark}`,
      `/t/c/${body}.${'0'.repeat(mark.length)}`,
      `/t/c/${body}`,
      click.replace('/t/c/', '/t/o/'),
      pixel.replace('/t/o/', '/t/c/').replace('.gif', ''),
    ]) {
      expect((await fetch(`${service.url}${path}`, { redirect: 'manual' })).status, path).toBe(404);
    }
    expect(service.output()).not.toContain('ada@example.org');
  });

  it('gives up what has no address or channel, shows it, and replays it once that is mended', async () => {
    const service = await start();
    const task = ownTask(30, { contacts: [contactOf(30), contactOf(31, 'sms'), contactOf(32, 'pigeon')] });
    await installation.publishTasks([task]);
    await eventually(async () => {
      const found = (await dead(service)).filter(({ taskId }) => taskId === task.taskId);
      expect(Object.fromEntries(found.map(({ id, reason }) => [id, reason]))).toEqual({
        'message:email:contact-30': 'no-address',
        'message:sms:contact-31': 'no-address',
        'message:pigeon:contact-32': 'channel-not-configured',
      });
    });
    await know(task.surrogate, { phone: '+441632960961' });
    const path = '/v1/deliveries/message:sms:contact-31';
    const replayed = await api(service, `${path}/replay`, 'POST');
    expect(replayed).toMatchObject({ status: 200, body: { attempts: 0, id: 'message:sms:contact-31' } });
    await eventually(() => expect(calledAt('/sms')).toHaveLength(1));
    const { body, headers } = calledAt('/sms')[0];
    const said = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(said).toMatchObject({ type: 'message.send', data: { to: '+441632960961', messageId: 'contact-31' } });
    await eventually(async () => expect((await api(service, path)).body).toMatchObject({ state: 'sent' }));
    expect(await api(service, `${path}/replay`, 'POST')).toMatchObject({ status: 409 });
    expect(await api(service, '/v1/deliveries/message:sms:nobody')).toMatchObject({ status: 404 });
    expect(await api(service, '/v1/deliveries?state=sent')).toMatchObject({ status: 400 });
    expectDescribed(alertsApi, 'GET /v1/deliveries', (await api(service, '/v1/deliveries')).body);
    expect(JSON.stringify(await dead(service))).not.toContain('+44');
  });

  it('does not let a receiver that hangs hold up the others, nor the topic', async () => {
    behaviour.set('/hanging', () => undefined);
    await start();
    const at = Date.now();
    const many = Array.from({ length: 30 }, (_, i) =>
      ownTask(100 + i, { calls: [{ callId: `h-${i}`, target: 'hanging', at }] }),
    );
    await installation.publishTasks(many);
    await eventually(() => expect(calledAt('/hanging').length).toBeGreaterThan(0));
    const before = calledAt('/erp').length;
    await installation.publishTasks([ownTask(140, { calls: [{ callId: 'quick', target: 'erp', at }] })]);
    await eventually(() => expect(calledAt('/erp').length).toBe(before + 1));
    // No more than its places were under way at once, each given up after its own time.
    expect(calledAt('/hanging').length).toBeLessThanOrEqual(30);
  });

  it('tries again after a failure, and never what the receiver wants no more', async () => {
    // Called right after the call was kept: calls of other tests may come in between.
    const idNow = () => hooks.calls.at(-1)?.headers['webhook-id'];
    const ofCall = () => calledAt('/erp').filter(({ headers }) => headers['webhook-id'] === 'again');
    behaviour.set('/erp', (response) => {
      response.writeHead(idNow() === 'again' && ofCall().length === 1 ? 500 : 200).end();
    });
    const service = await start();
    const at = Date.now();
    await installation.publishTasks([ownTask(200, { calls: [{ callId: 'again', target: 'erp', at }] })]);
    await eventually(() => expect(ofCall()).toHaveLength(2));
    expect(new Set(ofCall().map(({ body }) => body)).size).toBe(1);
    behaviour.set('/erp', (response) => void response.writeHead(idNow() === 'gone' ? 410 : 200).end());
    await installation.publishTasks([ownTask(201, { calls: [{ callId: 'gone', target: 'erp', at }] })]);
    await eventually(async () => {
      expect(await dead(service)).toContainEqual(expect.objectContaining({ id: 'webhook:erp:gone', reason: 'gone' }));
    });
    expect(calledAt('/erp').filter(({ headers }) => headers['webhook-id'] === 'gone')).toHaveLength(1);
  });

  it(
    'killed between the answer and the note sends again under the same id, and loses nothing',
    { timeout: 180_000 },
    async () => {
      const first = await start();
      let isKilled = false;
      behaviour.set('/erp', (response) => {
        // It has the call; the process that made it is gone before it hears so.
        if (isKilled) response.end();
        else isKilled = first.child.kill('SIGKILL');
      });
      const at = Date.now();
      const calls = Array.from({ length: 12 }, (_, i) => ({ callId: `kill-${i}`, target: 'erp', at }));
      await installation.publishTasks([ownTask(300, { calls })]);
      await eventually(() => expect(isKilled).toBe(true));
      await first.ended;
      running.delete(first);
      await start();
      const ids = () => calledAt('/erp').map(({ headers }) => String(headers['webhook-id'])).filter((id) => id.startsWith('kill-')); // prettier-ignore
      // What the killed process had taken up comes back with the end of its lease.
      await eventually(() => expect(new Set(ids()).size).toBe(12), { timeoutMs: 150_000 });
      const [killer] = ids();
      await eventually(() => expect(ids().filter((id) => id === killer).length).toBeGreaterThan(1));
      const bodies = Map.groupBy(calledAt('/erp'), ({ headers }) => String(headers['webhook-id']));
      for (const [id, copies] of bodies) expect(new Set(copies.map(({ body }) => body)).size, id).toBe(1);
    },
  );
});

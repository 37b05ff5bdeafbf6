import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultTests } from '../../../../observability/alerts/alert-rule.ts';
import { renderSpedUpRules } from '../../../../observability/alerts/sped-up-rules.ts';
import { systemAlerts } from '../../../../observability/alerts/system-alerts.ts';
import { eventually } from '../../../support/eventually.ts';
import { looseDocument, type LooseDocument } from '../../../support/playbook-files.ts';
import { runs } from '../../../support/property-runs.ts';
import { runVerb } from '../../../support/run-verb.ts';
import { startDemo, type RunningDemo } from '../../../support/running-demo.ts';
import { watchAlerts } from '../../../support/watched-alerts.ts';
import { openReceiver } from '../../../support/webhook-receiver.ts';

const patience = { timeoutMs: 120_000, intervalMs: 500 };
const queue = 'marketing';
const plenty = 1_000_000;

let folder: string;
let playbooks: string;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let answer = 200;
let demo: RunningDemo;
const { seeFireAndResolve, expectAllClaimed } = watchAlerts(() => demo);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-faults-'));
  playbooks = join(folder, 'playbooks.yaml');
  receiver = await openReceiver((response) => {
    response.statusCode = answer;
    response.end('{}');
  });
  await writePlaybooks(plenty);
  const env = { TIDEWATCH_PLAYBOOKS_FILE: playbooks, TIDEWATCH_DELIVERY_FILE: await writeDelivery() };
  demo = await startDemo(['--rate', '30'], { rules: renderSpedUpRules(systemAlerts), env });
});
afterAll(async () => {
  await demo.stop();
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every webhook of the demo goes to the receiver, and so does news of every task. */
async function writeDelivery(): Promise<string> {
  const file = join(folder, 'delivery.yaml');
  const events = ['task.opened', 'task.updated', 'task.closed'];
  const demoTenant = {
    shop: { en: 'Demo shop', zhCN: '演示商店' },
    quiet: null,
    webhooks: { crm: { url: `${receiver.url}/crm`, secret_file: 'hook.secret', events, timeout_seconds: 2 } },
  };
  const allow = [{ host: '127.0.0.1', networks: ['loopback'] }];
  await writeFile(file, stringify({ format: 1, allow, tenants: { demo: demoTenant } }));
  await writeFile(join(folder, 'hook.secret'), `whsec_${Buffer.alloc(32, 5).toString('base64')}\n`);
  return file;
}

let version = 0;

/** Two of the shipped playbooks, with a task for people in place of messages: each new or active customer gets one. */
async function writePlaybooks(capacity: number): Promise<void> {
  const document: LooseDocument = looseDocument();
  const steps = [{ do: 'task', text: { en: 'Say hello.', zhCN: '问候客户。' } }];
  const { 'welcome-new': welcome, 'deepen-active': deepen } = document.playbooks;
  document.playbooks = { 'welcome-new': { ...welcome, steps }, 'deepen-active': { ...deepen, steps } };
  document.queues[queue].capacity = capacity;
  document.version = `faults-${(version += 1)}`;
  await writeFile(playbooks, stringify(document, { aliasDuplicateObjects: false }));
}

async function valueOf(expr: string): Promise<number> {
  const [found] = await demo.query(expr);
  return found === undefined ? 0 : Number(found.value[1]);
}

const sent = 'sum(tidewatch_deliveries_total{result="sent"})';

// Each alert needs minutes to fire and to resolve: too long for a normal run.
describe.skipIf(runs(1) === 1)('alerts about tasks, with their faults caused', { shuffle: false }, () => {
  it('tell of a receiver that answers with faults', async () => {
    await eventually(async () => expect(await valueOf(sent)).toBeGreaterThan(0), patience);
    await seeFireAndResolve(
      ['DeliveriesFail'],
      () => Promise.resolve(void (answer = 500)),
      () => Promise.resolve(void (answer = 200)),
    );
  });

  it('tell of deliveries that a receiver wants no more, until they are replayed', async () => {
    await seeFireAndResolve(
      ['DeliveriesGivenUp'],
      () => Promise.resolve(void (answer = 410)),
      async () => {
        answer = 200;
        const alerts = ['--url', demo.file.alerts, '--token', demo.file.adminToken];
        const replayed = await runVerb(['delivery', 'replay', '--all', ...alerts]);
        expect(replayed).toMatchObject({ code: 0 });
        await eventually(async () => expect(await valueOf('sum(tidewatch_deliveries_dead)')).toBe(0), patience);
      },
    );
  });

  it('tell of a queue that holds more than people can take', async () => {
    await seeFireAndResolve(
      ['QueueOverflow'],
      () => writePlaybooks(1),
      () => writePlaybooks(plenty),
    );
  });

  it('tell of changed playbooks that are refused', async () => {
    const loaded = 'sum(tidewatch_playbook_reloads_total{result="loaded"})';
    let before = 0;
    await seeFireAndResolve(
      ['ConfigurationRefused'],
      async () => {
        before = await valueOf(loaded);
        await writeFile(playbooks, 'format: 1\nversion: broken\nplaybooks: []\n');
      },
      async () => {
        await writePlaybooks(plenty);
        await eventually(async () => expect(await valueOf(loaded)).toBeGreaterThan(before), patience);
      },
    );
  });

  it('are those whose pages say so', () => {
    expectAllClaimed(faultTests.tasks);
  });
});

import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { spawnService } from '../../support/service-process.ts';
import { testPrefix } from '../../support/test-prefix.ts';

let installation: EventsInstallation;
let models: string;

beforeAll(async () => {
  installation = await provisionEvents({ customers: 1, events: 1, partitions: 1 });
  models = await mkdtemp(join(tmpdir(), 'tidewatch-models-'));
});

afterAll(async () => {
  await rm(models, { recursive: true });
  await installation.remove();
});

/** Starts a service that must not come up, and gives what it said and its exit code. */
async function failToStart(name: string, changes: Readonly<Record<string, string | undefined>>) {
  const {
    TIDEWATCH_SCORER_PORT: _port,
    TIDEWATCH_OUTPUT_TOPIC_PREFIX: _output,
    ...env
  } = installation.scorerEnv(testPrefix());
  const port = { [`TIDEWATCH_${name.toUpperCase()}_PORT`]: '0' };
  const wanted = { ...env, ...port, TIDEWATCH_START_TIMEOUT_MS: '1500', ...changes };
  const service = spawnService(name, wanted);
  onTestFinished(() => void service.child.kill('SIGKILL'));
  return { ...(await service.ended), output: service.output() };
}

const closed = '127.0.0.1:1';
const causes = [
  {
    what: 'Redis is missing',
    changes: { REDIS_URL: `redis://${closed}` },
    said: /Redis.*127\.0\.0\.1:1.*REDIS_URL/s,
    code: 1,
  },
  {
    what: 'Kafka is missing',
    changes: { KAFKA_BROKERS: closed },
    said: /Kafka.*127\.0\.0\.1:1.*KAFKA_BROKERS/s,
    code: 1,
  },
  {
    what: 'the registry is missing',
    changes: { SCHEMA_REGISTRY_URL: `http://${closed}` },
    said: /registry.*127\.0\.0\.1:1.*SCHEMA_REGISTRY_URL/s,
    code: 1,
  },
  {
    what: 'an address is not set',
    changes: { KAFKA_BROKERS: undefined },
    said: /ERR_CONFIG_INVALID.*KAFKA_BROKERS/s,
    code: 78,
  },
  {
    what: 'a setting is misspelt',
    changes: { TIDEWATCH_TOPIC_PREFX: 'x' },
    said: /TIDEWATCH_TOPIC_PREFX.*TIDEWATCH_TOPIC_PREFIX/s,
    code: 78,
  },
  {
    what: 'the installation file is missing',
    changes: { TIDEWATCH_INSTALLATION_FILE: '/nowhere/installation.json' },
    said: /ERR_INSTALLATION_MISSING.*\/nowhere\/installation\.json/s,
    code: 78,
  },
];

describe.each(['scorer', 'alerts'])('%s', (name) => {
  it.each(causes)('says what to do and ends with $code when $what', async ({ changes, said, code }) => {
    const failed = await failToStart(name, changes);
    expect(failed.output).toMatch(said);
    expect(failed.code).toBe(code);
  });

  it('says that the port somebody asked for is taken, and ends with 78', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const port = String((other.address() as AddressInfo).port);
    const changes = { [`TIDEWATCH_${name.toUpperCase()}_PORT`]: port, TIDEWATCH_START_TIMEOUT_MS: '30000' };
    const failed = await failToStart(name, changes);
    expect(failed.output).toMatch(new RegExp(`ERR_PORT_IN_USE.*${port}`, 's'));
    expect(failed.code).toBe(78);
  });
});

describe('the scorer, given a model that does not fit', () => {
  /** A copy of the shipped model, spoilt. */
  async function spoilt(spoil: (dir: string) => Promise<void>): Promise<string> {
    const root = await mkdtemp(join(models, 'model-'));
    await cp('models/retention/3', join(root, '1'), { recursive: true });
    await spoil(join(root, '1'));
    return root;
  }

  async function permuteInputs(dir: string): Promise<void> {
    const path = join(dir, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { inputs: unknown[] };
    manifest.inputs.reverse();
    await writeFile(path, JSON.stringify(manifest));
  }

  it.each([
    { what: 'its inputs are permuted', spoil: permuteInputs, said: /ERR_MODEL_MISMATCH.*inputs/s },
    {
      what: 'a weight was changed',
      spoil: (dir: string) => appendFile(join(dir, 'weights.bin'), Buffer.of(1)),
      said: /ERR_MODEL_MISMATCH.*weights\.bin/s,
    },
    {
      what: 'a file is missing',
      spoil: (dir: string) => rm(join(dir, 'golden.json')),
      said: /ERR_MODEL_MISSING.*golden\.json/s,
    },
  ])('refuses it and ends with 78 when $what', async ({ spoil, said }) => {
    const failed = await failToStart('scorer', { TIDEWATCH_MODEL_DIR: await spoilt(spoil) });
    expect(failed.output).toMatch(said);
    expect(failed.code).toBe(78);
  });

  it('refuses a fault on purpose that nobody allowed', async () => {
    const failed = await failToStart('scorer', { TIDEWATCH_FAULT: 'after-load:1' });
    expect(failed.output).toMatch(/TIDEWATCH_ALLOW_FAULTS=1/);
    expect(failed.code).toBe(78);
  });
});

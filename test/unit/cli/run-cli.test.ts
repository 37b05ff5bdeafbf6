import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { rootDir } from '../../support/root-dir.ts';
import { makeSyntheticOrders, toOrdersCsv } from '../../support/synthetic-orders.ts';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-cli-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function ordersFile(content = 'customer_id,timestamp,amount\n1,2024-01-01,5\n'): Promise<string> {
  const file = join(await temporaryDirectory(), 'orders.csv');
  await writeFile(file, content);
  return file;
}

async function trainArgs(file: string, ...more: string[]): Promise<string[]> {
  const out = join(await temporaryDirectory(), 'retention', '2');
  return ['train', '--orders', file, '--until', '2025-04-25', '--out', out, ...more];
}

describe('the command line', () => {
  it.each([
    [['--help']],
    [['train', '--help']],
    [['score', '--help']],
    [['installation', '--help']],
    [['provision', '--help']],
    [['doctor', '--help']],
    [['key', '--help']],
    [['key', 'rotate', '--help']],
    [['policy', 'learn', '--help']],
    [['recommend', '--help']],
  ])('explains itself: %o', async (args) => {
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: tidewatch/);
  });

  it.each([
    [[], /Usage: tidewatch/],
    [['trian'], /unknown command 'trian'/],
    [['train'], /Name what to train on: --orders FILE or --table FILE/],
    [['doctor', '--fix'], /unknown option '--fix'/],
    [['doctor', 'now'], /too many arguments/],
    [['installation', 'destroy'], /unknown command 'destroy'/],
  ])('ends with 2 for a wrong call: %o', async (args, expected) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
  });
});

describe('train', () => {
  it.each([
    [['--until', '2011-02-30'], /--until "2011-02-30" is not a calendar day; write it as YYYY-MM-DD/],
    [['--until', 'soon'], /--until "soon"/],
    [['--seeds', '0'], /--seeds "0" is not a whole number from 1 to 20/],
    [['--epochs', '1.5'], /--epochs "1.5"/],
    [['--seed', '-1'], /--seed/],
    [['--timezone', 'Mars/Olympus'], /--timezone "Mars\/Olympus" is not a time zone/],
    [['--currency', 'pounds'], /--currency "pounds" is not a currency/],
    [['--backend', 'abacus'], /--backend "abacus" is unknown; known are wasm, cpu and native/],
    [['--map', 'client=Id'], /--map names the unknown field "client"; known are customer_id, timestamp, amount/],
  ])('ends with 2 for %o', async (options, expected) => {
    const { code, stderr, stdout } = await run(await trainArgs(await ordersFile(), ...options));
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
    expect(stdout).toBe('');
  });

  it.each([
    ['an empty file', '', /ERR_DATA_FILE: .*holds no orders/],
    [
      'a missing column',
      'id,timestamp,amount\n1,2024-01-01,5\n',
      /no column "customer_id".*found id, timestamp, amount/,
    ],
    ['an unreadable date', 'customer_id,timestamp,amount\n1,1/2/24,5\n', /row 2: the timestamp is not in ISO form/],
    ['one customer only', undefined, /one customer only/],
  ])('ends with 1 and says what to do about %s', async (_what, content, expected) => {
    const { code, stderr } = await run(await trainArgs(await ordersFile(content)));
    expect(code).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/at .*\.ts:/);
  });

  it('does not touch a directory that holds something', async () => {
    const file = await ordersFile();
    const { code, stderr } = await run(['train', '--orders', file, '--until', '2025-01-01', '--out', join(file, '..')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is not empty.*--overwrite/);
  });

  it('trains a model, shows progress and the figures', async () => {
    const file = await ordersFile(toOrdersCsv(makeSyntheticOrders({ customers: 80, days: 480, seed: 3 })));
    const args = await trainArgs(file, '--seeds', '1', '--epochs', '2');
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toMatch(/backend wasm[^]*rehearsal: 2 of 2 epochs[^]*final: /);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Model retention\/2 written to[^]*AUC 90 days +0\.\d{4} +\(recency alone 0\.\d{4}\)/);
    const card = await readFile(join(args[6], 'README.md'), 'utf8');
    expect(card).toContain('--orders orders.csv --until 2025-04-25 --out models/retention/2');
  });
});

describe('plan check', () => {
  it('says that a plan can be used, and what names mean under it', async () => {
    const file = join(await temporaryDirectory(), 'plan.yaml');
    await writeFile(file, 'format: 1\nversion: "7"\nevents:\n  order.placed: {names: [Bestellung]}\n');
    const { code, stdout } = await run(['plan', 'check', file, '--event', 'bestellung', 'refund', 'Quiz Won']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/can be used; records will carry planVersion 7\+[0-9a-f]{8}/);
    const meanings = ['bestellung -> order.placed', 'refund -> order.returned', 'Quiz Won -> custom (not in the plan)'];
    expect(stdout.trimEnd().split('\n').slice(1)).toEqual(meanings);
  });

  it('lists what is wrong with one, with the exit code of a configuration', async () => {
    const file = join(await temporaryDirectory(), 'plan.yaml');
    await writeFile(file, 'format: 1\nversion: "7"\nevents:\n  order.payed: {names: [x]}\n');
    const { code, stderr } = await run(['plan', 'check', file]);
    expect(code).toBe(78);
    expect(stderr).toMatch(/ERR_PLAN_INVALID[^]*order\.payed/);
  });
});

describe('installation', () => {
  it('is created for its owner alone and never replaced', async () => {
    const file = join(await temporaryDirectory(), 'installation.json');
    const declared = ['--purpose', 'Service', '--legal-basis', 'contract'];
    expect(await run(['installation', 'create', '--file', file, '--tenant', 'acme', ...declared])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /shown this once[^]*\n {2}web {6}wk_[\w-]{32}\n[^]* {2}token {4}at_[\w-]{32}\n/,
      ) as string,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const before = await readFile(file, 'utf8');
    const again = await run(['installation', 'create', '--file', file]);
    expect(again.code).toBe(78);
    expect(again.stderr).toMatch(/exists/);
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('has no source before somebody says what its data is for', async () => {
    const file = join(await temporaryDirectory(), 'installation.json');
    const { code, stdout } = await run(['installation', 'create', '--file', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/each is off until it has a purpose: make one by "tidewatch key create .* --purpose TEXT/);
    const { tenants } = JSON.parse(await readFile(file, 'utf8')) as { tenants: { writeKeys: object[] }[] };
    expect(tenants[0].writeKeys).toEqual([]);
  });

  it('is shown without its secrets, and with write keys and tokens when they are asked for', async () => {
    const file = join(await temporaryDirectory(), 'installation.json');
    const env = { TIDEWATCH_INSTALLATION_FILE: file };
    const declared = ['--purpose', 'Service', '--legal-basis', 'contract'];
    await run(['installation', 'create', '--tenant', 'acme', '--currency', 'EUR', ...declared], env);
    const [tenant] = (JSON.parse(await readFile(file, 'utf8')) as { tenants: Record<string, never>[] }).tenants;
    const { pseudonymKey, contentKey, writeKeys, tokens } = tenant as Record<string, unknown>;
    const shared = (tokens as { hash: string }[]).map(({ hash }) => hash);
    const hashes = (writeKeys as { hash: string }[]).map(({ hash }) => hash);

    const plain = await run(['installation', 'show'], env);
    expect(plain.code).toBe(0);
    expect(JSON.parse(plain.stdout)).toMatchObject([{ id: 'acme', currency: 'EUR' }]);
    for (const secret of [pseudonymKey, contentKey, ...shared, ...hashes]) expect(plain.stdout).not.toContain(secret);

    const revealed = await run(['installation', 'show', '--secrets'], env);
    for (const secret of shared) expect(revealed.stdout).toContain(secret);
    for (const secret of [pseudonymKey, contentKey]) expect(revealed.stdout).not.toContain(secret);
  });

  it.each([
    [['show', '--file', '/nowhere/installation.json'], 78, /ERR_INSTALLATION_MISSING/],
    [['create', '--timezone', 'Nowhere'], 2, /--timezone "Nowhere"/],
    [['create', '--file', '/tmp/never.json', '--tenant', 'Not A Word'], 78, /tenants.0.id must be a lower-case word/],
  ])('refuses %o', async (args, code, expected) => {
    const ran = await run(['installation', ...args]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(expected);
  });
});

describe('provision', () => {
  it.each([
    [{}, /KAFKA_BROKERS must be set/],
    [{ TIDEWATCH_TOPIC_PREFX: 'x' }, /did you mean TIDEWATCH_TOPIC_PREFIX/],
  ])('ends with 78 for the environment %o', async (env, expected) => {
    const { code, stderr } = await run(['provision'], env);
    expect(code).toBe(78);
    expect(stderr).toMatch(expected);
  });
});

describe('doctor', () => {
  it('names each fault with what to do, ends with 1 and shows no password', async () => {
    const { code, stdout } = await run(['doctor'], {
      KAFKA_BROKERS: '127.0.0.1:1',
      REDIS_URL: 'redis://someone:secret@127.0.0.1:1',
      TIDEWATCH_INSTALLATION_FILE: '/nowhere/installation.json',
      TIDEWATCH_MODEL_DIR: '/nowhere/models',
    });
    expect(code).toBe(1);
    const faults = stdout.split('\n').filter((line) => line.startsWith('fault'));
    expect(faults.map((line) => line.split(':')[0])).toEqual([
      'fault  Kafka',
      'fault  Schema registry',
      'fault  Redis',
      'fault  Installation',
      'fault  Model',
    ]);
    expect(stdout.match(/^ +-> /gm)).toHaveLength(5);
    expect(stdout).toMatch(/Schema registry: SCHEMA_REGISTRY_URL is not set/);
    expect(stdout).not.toContain('secret');
  });

  it('checks the tools of the local stack when no stack is named', async () => {
    const { code, stdout } = await run(['doctor'], {
      PATH: '/nowhere',
      TIDEWATCH_MODEL_DIR: join(shippedModelDir, '..'),
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/fault {2}Java: "java" cannot be run\n +-> install Java 17 or newer, or set KAFKA_BROKERS/);
    expect(stdout).toMatch(/fault {2}Maven/);
    expect(stdout).toMatch(/ok {5}Model: .*golden vectors reproduced/);
  });

  it('finds an installation file that others can read', async () => {
    const file = join(await temporaryDirectory(), 'installation.json');
    await run(['installation', 'create', '--file', file]);
    const env = { PATH: '/nowhere', TIDEWATCH_INSTALLATION_FILE: file, TIDEWATCH_MODEL_DIR: join(rootDir, 'nowhere') };
    expect((await run(['doctor'], env)).stdout).toMatch(/ok {5}Installation: .*1 tenant/);
    await chmod(file, 0o644);
    expect((await run(['doctor'], env)).stdout).toMatch(
      /fault {2}Installation: .*can be read by others\n +-> chmod 600/,
    );
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import type { RunningService } from '../../../services/platform/runtime/run-service.ts';
import { foldHistory, vectorOf } from '../../support/fold-history.ts';
import { eventually } from '../../support/eventually.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { rootDir } from '../../support/root-dir.ts';
import { runIngest } from '../../support/run-ingest.ts';

let world: IngestInstallation;
let ingest: RunningService;
let directory: string;

beforeAll(async () => {
  world = await createIngestInstallation();
  ingest = await runIngest(world.env);
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-import-'));
});

afterAll(async () => {
  await ingest.stop();
  await world.remove();
  await rm(directory, { recursive: true });
});

const map = 'customer_id=Customer,timestamp=When,amount=Amount,orderId=Order';

function target(): string[] {
  return ['--url', ingest.url, '--key', world.writeKey, '--directory', directory];
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env: world.env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, content);
  return file;
}

interface Order {
  readonly Order: string;
  readonly Customer: string;
  readonly When: string;
  readonly Amount: number;
}

/** Orders and cancellations of a few customers, on days that they share, some years back. */
function orders(count: number, who: string): Order[] {
  return Array.from({ length: count }, (_, i) => ({
    Order: `order-${i}`,
    Customer: `${who}-${i % 5}`,
    When: new Date(Date.UTC(2023, 0, 2, 10) + (i % 40) * 20 * 86_400_000).toISOString(),
    Amount: i % 7 === 6 ? -(i + 0.5) : i + 0.25,
  }));
}

function csvOf(rows: readonly Order[]): string {
  return ['Order,Customer,When,Amount', ...rows.map((row) => Object.values(row).join(','))].join('\n');
}

async function eventsOf(importId: string): Promise<CustomerRecord[]> {
  return (await world.events()).filter((record) => record.importId === importId);
}

describe('tidewatch import', () => {
  it.each([
    ['csv', 'orders.csv', (rows: Order[]) => csvOf(rows)],
    ['jsonl', 'orders.jsonl.gz', (rows: Order[]) => gzipSync(rows.map((row) => JSON.stringify(row)).join('\n'))],
    ['parquet', 'orders.parquet', (rows: Order[]) => parquetOf(rows)],
  ])('brings %s in with the times and amounts of its rows, marked as history', async (format, name, content) => {
    const rows = orders(60, format);
    const file = await fileOf(name, content(rows));
    const ran = await run('import', file, '--map', map, '--import-id', `of-${format}`, ...target());
    expect(ran.stdout).toContain('verified');
    expect(ran).toMatchObject({ code: 0 });
    const events = await eventsOf(`of-${format}`);
    expect(events).toHaveLength(60);
    for (const event of events) {
      const row = rows[Number(event.eventId.split(':')[1]) - 1];
      expect(event).toMatchObject({
        occurredAt: Date.parse(row.When),
        amountMinor: Math.round(row.Amount * 100),
        type: row.Amount < 0 ? 'order.cancelled' : 'order.placed',
        historical: true,
        attributes: [{ name: 'orderId', value: row.Order }],
      });
    }
  });

  it('sends nothing twice when it is started again, and refuses a changed file', async () => {
    const file = await fileOf('again.csv', csvOf(orders(20, 'again')));
    const args = ['import', file, '--map', map, '--import-id', 'again', ...target()];
    expect((await run(...args)).code).toBe(0);
    expect((await run(...args)).code).toBe(0);
    await rm(join(directory, 'imports', 'again.json'));
    expect((await run(...args)).stdout).toContain('20 rows = 0 accepted + 20 duplicate');
    expect(await eventsOf('again')).toHaveLength(20);
    await writeFile(file, csvOf(orders(21, 'again')));
    expect(await run(...args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the file was changed') as string,
    });
  });

  it('names each row that is refused, and takes the others', async () => {
    const [first, ...rest] = orders(6, 'partly');
    const broken = [first, { ...rest[0], When: 'soon' }, { ...rest[1], Customer: 'guest' }, rest[2]] as Order[];
    const file = await fileOf('partly.csv', `${csvOf(broken)}\nonly,three,fields`);
    const ran = await run('import', file, '--map', map, '--import-id', 'partly', ...target());
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('5 rows = 2 accepted + 0 duplicate + 3 rejected');
    expect(ran.stdout).toMatch(/row 2: ERR_EVENT_TIME/);
    expect(ran.stdout).toMatch(/row 5: the row has 3 fields/);
  });

  it('verifies times in milliseconds, and money that the tracking plan finds in a property', async () => {
    const file = await fileOf('exported.csv', 'Customer,When,Worth\nshopper,1714550400000,12.50\n');
    const columns = 'customer_id=Customer,timestamp=When,value=Worth';
    const ran = await run('import', file, '--map', columns, '--import-id', 'exported', ...target());
    expect(ran.stdout).toContain('verified');
    expect(await eventsOf('exported')).toMatchObject([{ occurredAt: 1_714_550_400_000, amountMinor: 1250 }]);
  });

  it('has not begun while its file cannot be opened: a corrected mapping is no other import', async () => {
    const file = await fileOf('typo.csv', csvOf(orders(3, 'typo')));
    const typo = await run(
      'import',
      file,
      '--map',
      map.replace('Amount', 'Amuont'),
      '--import-id',
      'typo',
      ...target(),
    );
    expect(typo).toMatchObject({ code: 1, stderr: expect.stringContaining('no column "Amuont"') as string });
    expect(existsSync(join(directory, 'imports', 'typo.json'))).toBe(false);
    expect(await run('import', file, '--map', map, '--import-id', 'typo', ...target())).toMatchObject({ code: 0 });
  });

  it('names the reason of each row whose id cannot be used, beside rows that were never sent', async () => {
    const long = 'x'.repeat(300);
    const file = await fileOf('ids.csv', `${csvOf(orders(1, 'ids'))}\nonly,three,fields\n${long},ids-2,2023-01-02,1`);
    const columns = map.replace('orderId', 'event_id');
    const ran = await run('import', file, '--map', columns, '--import-id', 'ids', ...target());
    expect(ran.stdout).toContain('3 rows = 1 accepted + 0 duplicate + 2 rejected');
    expect(ran.stdout).toMatch(/row 3: ERR_EVENT_INVALID: the event id/);
  });

  it('fails when the topic does not say what the file says', async () => {
    const file = await fileOf('tampered.csv', csvOf(orders(5, 'tampered')));
    const args = ['import', file, '--map', map, '--import-id', 'tampered', ...target()];
    expect((await run(...args)).code).toBe(0);
    const path = join(directory, 'imports', 'tampered.json');
    const checkpoint = JSON.parse(await readFile(path, 'utf8')) as { refused: Record<string, string> };
    checkpoint.refused['3'] = 'never sent';
    await writeFile(path, JSON.stringify(checkpoint));
    const ran = await run(...args);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('FAULT: event tampered:3 is on the topic and not in the file');
  });

  it('reports on a file without sending anything or showing a person', async () => {
    const people = orders(30, 'dry').map((row, i) => ({ ...row, Customer: i === 3 ? '' : `p${i}@example.org` }));
    const file = await fileOf('dry.csv', csvOf(people));
    const ran = await run('import', file, '--map', map, '--import-id', 'dry', '--dry-run', ...target());
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('30 rows, 1 of them would be refused; nothing was sent.');
    expect(ran.stdout).toMatch(/Amount: 100 % filled, 30 distinct, number, from -27\.5 to 29\.25/);
    expect(ran.stdout).toContain('row 4: no customer id');
    expect(ran.stdout).not.toContain('@');
    expect(await eventsOf('dry')).toEqual([]);
  });

  it('goes on after kill -9 where it stopped, with every row once', async () => {
    const rows = orders(30_000, 'killed');
    const file = await fileOf('killed.csv', csvOf(rows));
    const args = ['import', file, '--map', map, '--import-id', 'killed', ...target()];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'cli/main.ts', ...args], {
      cwd: rootDir,
      env: { ...process.env, ...world.env },
      stdio: 'ignore',
    });
    const path = join(directory, 'imports', 'killed.json');
    await eventually(
      async () => {
        expect(existsSync(path)).toBe(true);
        expect((JSON.parse(await readFile(path, 'utf8')) as { rows: number }).rows).toBeGreaterThan(0);
      },
      { timeoutMs: 30_000, intervalMs: 20 },
    );
    child.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const ran = await run(...args);
    expect(ran.stderr).toMatch(/Going on after row [1-9]/);
    expect(ran.stdout).toContain('on the topic: 30000 of 30000 events');
    expect(ran.code).toBe(0);
    expect(new Set((await eventsOf('killed')).map(({ eventId }) => eventId)).size).toBe(30_000);
  }, 90_000);
});

describe('tidewatch import rollback', () => {
  it('leaves its customers as if the import had never come, and changes nothing the second time', async () => {
    const kept = await fileOf('kept.csv', csvOf(orders(35, 'rolled')));
    const taken = await fileOf('taken.csv', csvOf(orders(90, 'rolled')));
    expect((await run('import', kept, '--map', map, '--import-id', 'kept', ...target())).code).toBe(0);
    expect((await run('import', taken, '--map', map, '--import-id', 'taken', ...target())).code).toBe(0);
    const dry = await run('import', 'rollback', 'taken', '--dry-run', '--directory', directory);
    expect(dry.stdout).toContain('90 events on the topic; 90 events of 5 customers would be taken back');
    const stopped = join(directory, 'imports', 'stopped.json');
    await writeFile(stopped, JSON.stringify({ importId: 'stopped', tenant: 'acme', state: 'running', pid: 2 ** 30 }));
    const guarded = await run('import', 'rollback', 'taken', '--directory', directory);
    expect(guarded).toMatchObject({ code: 1, stderr: expect.stringContaining('unfinished: stopped') as string });
    expect((await run('import', 'rollback', 'taken', '--force', '--directory', directory)).code).toBe(0);
    await rm(stopped);
    const again = await run('import', 'rollback', 'taken', '--directory', directory);
    expect(again.stdout).toContain('; 0 events of 0 customers taken back');

    const events = await world.events();
    const controls = await world.controls();
    const retractions = controls.filter(({ retracted }) => retracted?.importId === 'taken');
    expect(retractions).toHaveLength(90);
    expect(retractions.every(({ historical }) => historical)).toBe(true);
    const customers = new Set(retractions.map(({ surrogate }) => surrogate));
    expect(customers.size).toBe(5);
    for (const customer of customers) {
      const own = events.filter(({ surrogate }) => surrogate === customer);
      const back = retractions.filter(({ surrogate }) => surrogate === customer);
      expect(known([...own, ...back])).toEqual(known(own.filter(({ importId }) => importId !== 'taken')));
    }
    const refused = await run('import', taken, '--map', map, '--import-id', 'taken', ...target());
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('rolled back') as string });
  });
});

describe('a roll-back that cannot be right', () => {
  const rollBack = (id: string, ...options: string[]) =>
    run('import', 'rollback', id, '--directory', directory, ...options);

  it('is refused for an import that nobody knows', async () => {
    expect(await rollBack('nobody')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/No event of acme on \S+ is of the import "nobody", .* check the id and --tenant/),
    });
  });

  it('takes back what an import said about its customers, once', async () => {
    const file = await fileOf('facts.csv', 'Customer,Date,Mail\nfacts-1,2023-01-02,ann@example.org\n');
    const columns = 'customer_id=Customer,timestamp=Date,traits.email=Mail';
    const args = ['--map', columns, '--type', 'customer.upserted', '--import-id', 'facts', ...target()];
    expect((await run('import', file, ...args)).code).toBe(0);
    expect((await rollBack('facts')).stdout).toContain('1 events on the topic; 1 events of 1 customers taken back');
    expect((await rollBack('facts')).stdout).toContain('; 0 events of 0 customers taken back');
    const back = (await world.controls()).filter(({ retracted }) => retracted?.importId === 'facts');
    expect(back).toMatchObject([{ retracted: { type: 'customer.upserted', envelope: expect.anything() as object } }]);
  });
});

function known(records: readonly CustomerRecord[]) {
  const state = foldHistory(records);
  const asOf = 21_000;
  return { features: { ...ownBlock(state).features, tiles: [] }, vector: vectorOf(state, asOf) };
}

function parquetOf(rows: readonly Order[]): Uint8Array {
  const column = (name: keyof Order) => rows.map((row) => row[name]);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'Order', data: column('Order'), type: 'STRING' },
        { name: 'Customer', data: column('Customer'), type: 'STRING' },
        { name: 'When', data: rows.map(({ When }) => new Date(When)), type: 'TIMESTAMP' },
        { name: 'Amount', data: column('Amount'), type: 'DOUBLE' },
      ],
    }),
  );
}

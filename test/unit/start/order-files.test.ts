import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOrderFiles } from '../../../scripts/start/replay/order-files.ts';
import { readCsv, type CsvRow } from '../../../scripts/start/replay/read-csv.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-orders-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function readAll(file: string, needed: readonly string[]) {
  const rows: CsvRow[] = [];
  for await (const row of readCsv(file, needed)) rows.push(row);
  return rows;
}

describe('findOrderFiles', () => {
  it('finds the orders in the order of time, and the reference with its day', async () => {
    const second = await put('orders_2010.csv', '');
    const first = await put('orders_2009.csv.gz', '');
    const reference = await put('reference_features_2011-09-10.csv.gz', '');
    await put('lines_2009.csv.gz', '');
    expect(await findOrderFiles(folder)).toEqual({
      orders: [first, second],
      reference: { file: reference, asOf: '2011-09-10' },
    });
  });

  it('does without a reference', async () => {
    await put('orders_2009.csv', '');
    expect((await findOrderFiles(folder)).reference).toBeNull();
  });

  it.each(['', '/no/such/folder'])('names what it looks for when there is nothing (%j)', async (sub) => {
    await expect(findOrderFiles(sub === '' ? folder : sub)).rejects.toMatchObject({
      code: 'ERR_DATA_FILE',
      message: expect.stringMatching(/orders_\*\.csv\.gz.*CustomerID/) as string,
    });
  });
});

describe('readCsv', () => {
  it('reads packed and plain files alike', async () => {
    const text = 'a,b\n1,"x,y"\n2,\n';
    const rows = [{ a: '1', b: 'x,y' }, { a: '2', b: '' }]; // prettier-ignore
    expect(await readAll(await put('x.csv', text), ['a'])).toEqual(rows);
    expect(await readAll(await put('x.csv.gz', gzipSync(text)), ['a', 'b'])).toEqual(rows);
  });

  it.each([
    ['x.csv', 'a,b\n1,2\n', 'has no column c'],
    ['x.csv', '', 'is empty'],
    ['x.csv', 'a,b\n', 'is empty'],
    ['x.csv.gz', 'not packed at all', 'cannot be read'],
  ])('names the file and what is wrong with it (%s, %j)', async (name, content, message) => {
    const file = await put(name, content);
    await expect(readAll(file, ['a', 'c'])).rejects.toMatchObject({
      code: 'ERR_DATA_FILE',
      message: expect.stringContaining(`${file} ${message}`) as string,
    });
  });
});

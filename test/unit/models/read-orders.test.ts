import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseColumnMap } from '../../../models/training/column-map.ts';
import { readOrders } from '../../../models/training/read-orders.ts';
import { createBusinessCalendar } from '../../../services/core/events/business-day.ts';
import { epochDayFromIso } from '../../../services/core/events/epoch-day.ts';

async function writeOrders(content: string | Buffer, name = 'orders.csv'): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-orders-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, name), content);
  return join(dir, name);
}

async function read(content: string | Buffer, { map = '', name = 'orders.csv' } = {}) {
  const calendar = createBusinessCalendar('America/New_York');
  return readOrders(await writeOrders(content, name), { columns: parseColumnMap(map), calendar, exponent: 2 });
}

const header = 'customer_id,timestamp,amount\n';

describe('reading orders', () => {
  it('reads customer, day and minor units, cancellations negative', async () => {
    const { orders, skipped } = await read(`${header}7,2011-03-05 23:59:00,12.34\n"a,b",2011-03-06,-0.5\n`);
    expect(skipped).toBe(0);
    expect(orders).toEqual([
      { customer: '7', day: epochDayFromIso('2011-03-05'), amountMinor: 1234 },
      { customer: 'a,b', day: epochDayFromIso('2011-03-06'), amountMinor: -50 },
    ]);
  });

  it('takes a timestamp without an offset as local, one with an offset as an instant', async () => {
    const times = [
      '2011-03-05T02:00:00',
      '2011-03-05T02:00:00Z',
      '2011-03-05 23:00+05:30',
      '2011-03-05T23:00:00.5-0500',
    ];
    const { orders } = await read(header + times.map((time) => `1,${time},1\n`).join(''));
    const days = orders.map((order) => order.day - epochDayFromIso('2011-03-05'));
    expect(days).toEqual([0, -1, 0, 0]);
  });

  it('reads gzip, a byte order mark, other columns in another order and Windows line ends', async () => {
    const text = '\ufeffamount,note,when,who\r\n5,"x\r\ny",2011-03-05,9\r\n';
    const map = 'customer_id=who, timestamp=when';
    const { orders } = await read(gzipSync(text), { map, name: 'orders.csv.gz' });
    expect(orders).toEqual([{ customer: '9', day: epochDayFromIso('2011-03-05'), amountMinor: 500 }]);
  });

  it('leaves out single unreadable rows and says which was the first', async () => {
    const good = '1,2011-03-05,1\n'.repeat(200);
    const { orders, skipped, firstProblem } = await read(`${header}${good}1,05/03/2011,1\n,2011-03-05,1\n`);
    expect(orders).toHaveLength(200);
    expect(skipped).toBe(2);
    expect(firstProblem).toMatch(/^row 202: the timestamp is not in ISO form/);
  });

  it.each([
    ['an unreadable date', '1,05/03/2011,1\n', /1 of 1 rows.*row 2: the timestamp is not in ISO form/],
    ['a day no calendar has', '1,2011-02-30,1\n', /the timestamp is not/],
    ['an hour no day has', '1,2011-02-03 25:00:00,1\n', /the timestamp is not/],
    ['an amount of NaN', '1,2011-03-05,NaN\n', /the amount is not a decimal number/],
    ['an infinite amount', '1,2011-03-05,Infinity\n', /the amount is not a decimal number/],
    ['a missing field', '1\n', /the timestamp is not/],
    ['no customer', ' ,2011-03-05,1\n', /the customer is empty/],
  ])('refuses a file of %s', async (_what, rows, expected) => {
    await expect(read(header + rows)).rejects.toThrow(expected);
  });

  it.each([
    ['', /holds no orders/],
    [header, /holds no orders/],
  ])('refuses an empty file (%j)', async (content, expected) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'ERR_DATA_FILE',
      message: expect.stringMatching(expected),
    });
  });

  it('names a missing column, the columns found and the option', async () => {
    const reading = read('customer_id,when,amount\n1,2011-03-05,1\n');
    await expect(reading).rejects.toThrow(
      /no column "timestamp" for timestamp; found customer_id, when, amount.*--map timestamp=Column/,
    );
  });

  it('names a missing file', async () => {
    const options = { columns: parseColumnMap(''), calendar: createBusinessCalendar('UTC'), exponent: 2 };
    await expect(readOrders('/nowhere/orders.csv', options)).rejects.toThrow('/nowhere/orders.csv does not exist');
    await expect(readOrders('/nowhere/orders.csv.gz', options)).rejects.toThrow('does not exist');
  });

  it.each([
    ['is cut off', gzipSync(header + '1,2011-03-05,1\n'.repeat(2000)).subarray(0, 60)],
    ['is not gzip', Buffer.from(header)],
  ])('says that a .gz file %s', async (_what, content) => {
    await expect(read(content, { name: 'orders.csv.gz' })).rejects.toMatchObject({ code: 'ERR_DATA_FILE' });
  });

  it('says that quotes are not closed', async () => {
    await expect(read(`${header}"1,2011-03-05,1\n`)).rejects.toThrow(/cannot be read as CSV/);
  });
});

describe('mapping columns', () => {
  it('keeps what is not named', () => {
    expect(parseColumnMap('amount=Total')).toEqual({
      customer_id: 'customer_id',
      timestamp: 'timestamp',
      amount: 'Total',
    });
  });

  it.each([
    ['custommer=Id', /unknown field "custommer"; known are customer_id, timestamp, amount/],
    ['amount', /part "amount"; write field=Column/],
    ['amount=', /write field=Column/],
  ])('refuses %s', (text, expected) => {
    expect(() => parseColumnMap(text)).toThrow(expected);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRows } from '../../../../cli/import/rows/open-rows.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-rows-'));
});

afterAll(() => rm(directory, { recursive: true }));

async function open(name: string, content: string | Uint8Array) {
  const file = join(directory, name);
  await writeFile(file, content);
  return openRows(file, 'csv', ['Who', 'Sum']);
}

describe('a file that is opened', () => {
  it.each([
    ['empty.csv', '', 'has no header'],
    ['other.csv', 'Name,Sum\na,1\n', 'has no column "Who"'],
    ['twice.csv', 'Who,Sum,Sum\na,1,2\n', 'has the column "Sum" twice'],
    ['broken.csv.gz', 'no gzip', 'cannot be read'],
  ])('is refused before its first row is sent: %s', async (name, content, why) => {
    await expect(open(name, content)).rejects.toMatchObject({
      code: 'ERR_DATA_FILE',
      message: expect.stringContaining(why) as string,
    });
  });

  it('keeps every row, the first one too, and takes a column twice that nobody asked for', async () => {
    const { rows } = await open('good.csv', 'Who,Sum,Note,Note\na,1,x,y\nb,2,x,y\n');
    const seen: unknown[] = [];
    for await (const row of rows) seen.push([row.number, row.values?.['Who'], row.values?.['Sum']]);
    expect(seen).toEqual([
      [1, 'a', '1'],
      [2, 'b', '2'],
    ]);
  });

  it('may have a header and nothing else', async () => {
    const { rows } = await open('header.csv', 'Who,Sum\n');
    expect(await rows[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeTally, sumTallies } from '../../../../scripts/testing/sum-tallies.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tallies-'));
});

afterEach(() => rm(directory, { recursive: true }));

describe('the tallies of simulated schedules', () => {
  it('are added up over all files', async () => {
    await writeFile(join(directory, 'a.json'), JSON.stringify({ schedules: 50, kills: 3, differences: 0 }));
    await writeFile(join(directory, 'b.json'), JSON.stringify({ schedules: 25, kills: 4, differences: 1 }));
    await writeFile(join(directory, 'note.txt'), 'no tally');
    const tally = await sumTallies(directory);
    expect(tally).toEqual({ schedules: 75, kills: 7, differences: 1 });
    expect(describeTally(tally)).toMatch(/^schedules run: 75, kills: 7, rebalances: 0, .*, differences: 1$/);
  });

  it('are nothing where no test left any', async () => {
    expect(describeTally(await sumTallies(join(directory, 'missing')))).toMatch(/^schedules run: 0, .*differences: 0$/);
  });
});

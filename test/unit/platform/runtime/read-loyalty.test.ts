import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../../../services/core/playbooks/places-of.ts';
import { readLoyalty } from '../../../../services/platform/runtime/read-loyalty.ts';
import { readSegments } from '../../../../services/platform/runtime/read-segments.ts';
import { watchLoyalty } from '../../../../services/platform/runtime/watch-loyalty.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { rootDir } from '../../../support/root-dir.ts';

let stages: ReadonlyMap<string, ReadonlySet<string>>;
let directory: string;

beforeAll(async () => {
  ({ stages } = placesOf((await readSegments(null, featureNames)).document));
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-loyalty-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** The file that comes with Tidewatch, with one piece changed. */
async function changed(from: string, to: string): Promise<string> {
  const text = await readFile(join(rootDir, 'loyalty/default.yaml'), 'utf8');
  if (!text.includes(from)) throw new Error(`the default file has no "${from}"`);
  const path = join(directory, 'loyalty.yaml');
  await writeFile(`${path}.new`, text.replace(from, to));
  await rename(`${path}.new`, path);
  return path;
}

async function refusal(path: string): Promise<string> {
  try {
    await readLoyalty(path, stages);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ERR_LOYALTY_INVALID') return error.message;
    throw error;
  }
  throw new Error('the file was taken');
}

describe('the loyalty file that comes with Tidewatch', () => {
  it('can be used, and has benefits for every level in every stage', async () => {
    const { version, document } = await readLoyalty(null, stages);
    expect(version).toMatch(/^1\+[0-9a-f]{8}$/);
    expect(Object.keys(document.benefits.matrix)).toEqual(document.levels.map(({ name }) => name));
  });
});

describe('a loyalty file is refused', () => {
  it.each([
    ['with a stage left out', '      dormant: [points-exchange, come-back-discount]\n', '', 'silver: has nothing for the stage dormant'],
    ['with a stage nobody is in', 'potential: [welcome-gift]', 'asleep: [welcome-gift]', 'silver.asleep: is no stage of lifecycle5'],
    ['with a benefit nobody knows', '[points-exchange]', '[a-pony]', '"a-pony" is none of the benefits'],
    ['with a machine nobody knows', 'machine: lifecycle5', 'machine: none', '"none" is no machine'],
    ['with no lowest level', 'from_spend: 0', 'from_spend: 1', 'must be 0, so that everybody has a level'],
    ['with levels in no rising order', 'from_spend: 2000', 'from_spend: 500', 'must be more than that of gold'],
    ['with a level twice', 'name: platinum', 'name: gold', '"gold" is there twice'],
    [
      'with a price by gender',
      '      discount_share: 0.05\n',
      '      discount_share: 0.05\n      only_for: { Gender: [f] }\n',
      '"Gender" is a protected attribute, and no price may depend on one',
    ],
    [
      'with a price by age, in Chinese',
      '      discount_share: 0.05\n',
      '      discount_share: 0.05\n      only_for: { 年龄: [青年] }\n',
      '"年龄" is a protected attribute',
    ],
    ['with a discount that is said to change no price', '      discount_share: 0.05\n      changes_price: true', '      discount_share: 0.05', 'a discount changes the price'],
    ['with a word nobody knows', 'grace_days', 'grace_dayz', 'grace_dayz'],
    ['with points below 0', 'per_unit: 1', 'per_unit: -1', 'points.per_unit: must be 0 to 1000'],
  ])('%s', async (_case, from, to, problem) => {
    expect(await refusal(await changed(from, to))).toContain(problem);
  }); // prettier-ignore

  it('not for a benefit without a price that goes by age group', async () => {
    const path = await changed('会员专属活动 }\n', '会员专属活动 }\n      only_for: { age_group: [young] }\n');
    expect((await readLoyalty(path, stages)).document.benefits.catalogue['member-events'].only_for).toEqual({
      age_group: ['young'],
    });
  });
});

describe('a loyalty file that changes', () => {
  it('comes into force as a whole, or not at all', async () => {
    const path = await changed('per_unit: 1', 'per_unit: 2');
    const reloads: string[] = [];
    const logger = createLogger({ name: 'test', level: 'silent' });
    const watch = await watchLoyalty({ path, stages, logger, onReload: (result) => reloads.push(result) });
    const first = watch.current();
    await changed('machine: lifecycle5', 'machine: none');
    await watch.look();
    expect(watch.current()).toBe(first);
    await changed('per_unit: 1', 'per_unit: 3');
    await watch.look();
    watch.stop();
    expect(watch.current().document.points.per_unit).toBe(3);
    expect(reloads).toEqual(['refused', 'loaded']);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { readSegments } from '../../../../services/platform/runtime/read-segments.ts';

const shipped = await readFile(new URL('../../../../segments/default.yaml', import.meta.url), 'utf8');
const made: string[] = [];

afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true });
});

async function read(text: string) {
  const directory = await mkdtemp(join(tmpdir(), 'segments-'));
  made.push(directory);
  const file = join(directory, 'own.yaml');
  await writeFile(file, text);
  return readSegments(file, featureNames);
}

/** The shipped file with one place changed; the place must be there. */
function changed(from: string | RegExp, to: string): string {
  const text = shipped.replace(from, to);
  expect(text).not.toBe(shipped);
  return text;
}

describe('the segment configuration that comes with Tidewatch', () => {
  it('can be used with the features of this release', async () => {
    const plan = await readSegments(null, featureNames);
    expect(plan.version).toMatch(/^1\+[0-9a-f]{8}$/);
    expect(plan.names).toEqual(expect.arrayContaining([
      'retail5', 'b2b4', 'value3', 'vip3a', 'vip3b', 'type3', 'rfm', 'lifecycle4', 'lifecycle5', 'relation5', 'deal3',
    ])); // prettier-ignore
  });

  it('has another version once a word of it is changed', async () => {
    const before = await read(shipped);
    const after = await read(changed('lapsed_days: 180', 'lapsed_days: 181'));
    expect(after.version).not.toBe(before.version);
  });
});

describe('how lifetime value is counted', () => {
  it('looks ahead as long as a relation lasts in the industry, at a discount, and counts revenue', async () => {
    const plan = await read(changed('tenants: {}', 'tenants: { shop: { industry: premium } }'));
    const common = { margin: 1, discountRate: 0.1, coverage: 0.8, drift: 0.1 };
    expect(plan.settingsOf('any').value).toEqual({ ...common, horizonDays: 913 });
    expect(plan.settingsOf('shop').value).toEqual({ ...common, horizonDays: 1826 });
  });

  it("is the tenant's own word first, then its industry's, then that of the file", async () => {
    const own = 'tenants: { shop: { industry: fast_moving, value: { margin: 0.35, coverage: 0.9 } } }';
    const plan = await read(changed('tenants: {}', own));
    const value = { margin: 0.35, discountRate: 0.1, horizonDays: 657, coverage: 0.9, drift: 0.1 };
    expect(plan.settingsOf('shop').value).toEqual(value);
  });

  it('need not stand in the file', async () => {
    const plan = await read(changed(/^value: .*$/m, ''));
    expect(plan.settingsOf('any').value).toMatchObject({ margin: 1, horizonDays: 913 });
  });
});

describe('a segment configuration that cannot be used', () => {
  it.each([
    ['counts no margin', changed('margin: 1,', 'margin: 0,'), 'value.margin: must be above 0 and at most 1'],
    [
      'counts in per cent',
      changed('discount_rate: 0.1', 'discount_rate: 10'),
      'value.discount_rate: must be 0 to 1, per year',
    ],
    [
      'looks ahead for less than the model does',
      changed('horizon_days: 657', 'horizon_days: 30'),
      'industries.fast_moving.value.horizon_days: must be 90 to 3650 days',
    ],
    [
      'misspells a setting of a tenant',
      changed('tenants: {}', 'tenants: { shop: { value: { margn: 0.4 } } }'),
      'tenants.shop.value: Unrecognized key: "margn"',
    ],
    [
      'promises certainty',
      changed('tenants: {}', 'tenants: { shop: { value: { coverage: 1 } } }'),
      'tenants.shop.value.coverage: must be 0.5 to 0.99',
    ],
    ['is no YAML', changed('format: 1', 'format: [1'), 'Flow sequence'],
    ['is of another format', changed('format: 1', 'format: 2'), 'format:'],
    [
      'names an unknown measure',
      changed('measure: spend_365, at_least: much', 'measure: spendd, at_least: much'),
      'schemes.retail5.tiers.core.when: "spendd" is no feature and no measure',
    ],
    [
      'names an unknown cut-off',
      changed('at_least: often', 'at_least: seldom'),
      'schemes.retail5.tiers.core.when: "seldom" is no parameter and no cut-off of this scheme',
    ],
    [
      'compares twice',
      changed('more_than: lapsed_days, hysteresis: 0', 'more_than: lapsed_days, below: 3'),
      'schemes.retail5.tiers.1.when: must have exactly one of',
    ],
    [
      'misspells a key deep inside',
      changed('measure: spend_365, at_least: much', 'measure: spend_365, atleast: much'),
      'atleast',
    ],
    [
      'has shares that are not all',
      changed('share: 0.6', 'share: 0.5'),
      'schemes.b2b4.tiers: the shares come to 0.9, not to 1',
    ],
    [
      'begins in no stage',
      changed('initial: intending', 'initial: intended'),
      'machines.deal3.initial: "intended" is no stage of this machine',
    ],
    [
      'has an unknown primary scheme',
      changed('tiers: retail5', 'tiers: retail6'),
      'primary.tiers: "retail6" is no scheme',
    ],
    ['has an unknown industry', changed('industry: retail', 'industry: retial'), 'industry: "retial" is no industry'],
    [
      'presets an unknown parameter',
      changed('parameters: { dormant_days: 30,', 'parameters: { dormant_dayz: 30,'),
      'industries.fast_moving.parameters: "dormant_dayz" is no parameter of this file',
    ],
    [
      'reads a measure before it is made',
      changed('times: 4.0556', 'times: 4 }\n  early: { of: monthly_worth, to: spend'),
      '"monthly_worth" stands after it; move it up',
    ],
    [
      'has a rule that hides the rest',
      changed(
        /when:\n\s+all:\n\s+- \{ measure: purchase_days_365, at_least: often \}\n\s+- \{ measure: spend_365, at_least: much \}\n/,
        '',
      ),
      'schemes.retail5.tiers.core: it has no `when`',
    ],
    [
      'has two tiers of one name',
      changed('name: ordinary', 'name: core'),
      'schemes.retail5: "core" stands there twice',
    ],
  ])('because it %s is refused, saying what and where', async (_what, text, problem) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'ERR_SEGMENTS_INVALID',
      message: expect.stringContaining(problem) as string,
    });
  });

  it('is refused by its path when it is not there', async () => {
    await expect(readSegments('/nowhere/own.yaml', featureNames)).rejects.toMatchObject({
      code: 'ERR_SEGMENTS_INVALID',
      message: expect.stringContaining('the file does not exist') as string,
    });
  });
});

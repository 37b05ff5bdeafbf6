import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageChannels } from '../../../../services/core/contacts/message-channels.ts';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../../../services/core/playbooks/places-of.ts';
import { readSegments } from '../../../../services/platform/runtime/read-segments.ts';
import { EngineError } from '../../../../services/core/errors.ts';
import type { PlaybookSurroundings } from '../../../../services/core/playbooks/find-playbook-problems.ts';
import { readPlaybooks } from '../../../../services/platform/runtime/read-playbooks.ts';
import { rootDir } from '../../../support/root-dir.ts';

let around: PlaybookSurroundings;

beforeAll(async () => {
  const { document } = await readSegments(null, featureNames);
  around = { ...placesOf(document), channels: new Set(messageChannels), webhooks: new Set(['crm']) };
});

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-playbooks-'));
});

afterEach(() => rm(directory, { recursive: true }));

/** The playbooks that come with Tidewatch, with one line changed. */
async function changed(from: string, to: string): Promise<string> {
  const text = await readFile(join(rootDir, 'playbooks/default.yaml'), 'utf8');
  if (!text.includes(from)) throw new Error(`the default playbooks have no "${from}"`);
  const path = join(directory, 'playbooks.yaml');
  await writeFile(path, text.replace(from, to));
  return path;
}

async function refusal(path: string): Promise<string> {
  try {
    await readPlaybooks(path, around);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ERR_PLAYBOOKS_INVALID') return error.message;
    throw error;
  }
  throw new Error('the playbooks were taken');
}

describe('the playbooks that come with Tidewatch', () => {
  it('can be used, and have all rows of the handbooks', async () => {
    const { version, document } = await readPlaybooks(null, around);
    expect(version).toMatch(/^1\+[0-9a-f]{8}$/);
    const rows = new Set(Object.values(document.playbooks).map(({ handbook }) => handbook));
    for (let row = 1; row <= 18; row += 1) expect(rows, `H${row}`).toContain(`H${row}`);
  });
});

describe('a playbook file is refused', () => {
  it.each([
    [
      'an owner nobody knows',
      'owner: sales',
      'owner: seller',
      'playbooks.save-price.owner: "seller" is none of the queues',
    ],
    ['a stage of no machine', 'enters: [dormant]', 'enters: [asleep]', '"asleep" is no stage of lifecycle5'],
    ['a tier of no scheme', 'in: [core]', 'in: [corps]', '"corps" is no tier of retail5'],
    [
      'a term nobody can read',
      'within: 7d',
      'within: a week',
      'contact.caps.0.within: must be a whole number and m, h, d',
    ],
    [
      'working days without a calendar',
      'calendar: office\n    respond_within: 3wd',
      'respond_within: 3wd',
      'needs a calendar',
    ],
    ['an unknown member', 'purpose: care', 'porpoise: care', 'porpoise'],
    [
      'a step after the end',
      '      - { do: close }\n\n  deepen',
      '      - { do: close }\n      - { do: close }\n\n  deepen',
      'never happens',
    ],
    [
      'a channel nobody sends through',
      'channel: sms\n        text',
      'channel: pigeon\n        text',
      'no channel that messages',
    ],
    [
      'a cap on a channel nobody sends through',
      'channel: sms, most',
      'channel: pigeon, most',
      'contact.caps.1.channel: "pigeon"',
    ],
    ['a share above one', 'holdout: 0.1', 'holdout: 10', 'must be 0 to 1'],
    [
      'a text in one language',
      'en: Nobody has been in touch for a while. Ask how things are., zhCN: 已有一段时间未联系客户，请致电问候。',
      'en: Hello',
      'zhCN',
    ],
    [
      'an escalation that steps back',
      'after: 24h, to: service-manager',
      'after: 0m, to: service-manager',
      'must be later than the step before it',
    ],
    ['one that follows itself', 'of: win-back', 'of: second-development', 'a playbook cannot follow itself'],
  ])('for %s', async (_case, from, to, sentence) => {
    expect(await refusal(await changed(from, to))).toContain(sentence);
  });

  it('for no YAML at all, and for no file', async () => {
    const path = join(directory, 'broken.yaml');
    await writeFile(path, 'playbooks: [');
    expect(await refusal(path)).toContain(path);
    expect(await refusal(join(directory, 'none.yaml'))).toContain('the file does not exist');
  });

  it.each(['age', 'Gender', '性别'])('is refused where a price depends on %s', async (attribute) => {
    const audience = `    only_for: { ${attribute}: [young] }\n    purpose: marketing\n    owner: sales`;
    const path = await changed('    purpose: marketing\n    owner: sales', audience);
    const message = `playbooks.save-price.only_for: "${attribute}" is a protected attribute`;
    expect(await refusal(path)).toContain(message);
  });

  it('may be for some customers only where nothing costs them more', async () => {
    const audience =
      '    only_for: { age: [young], plan: [gold] }\n    purpose: care\n    owner: service\n    owner_by_tier';
    const path = await changed('    purpose: care\n    owner: service\n    owner_by_tier', audience);
    const { document } = await readPlaybooks(path, around);
    expect(document.playbooks['save-experience'].only_for).toEqual({ age: ['young'], plan: ['gold'] });
  });
});

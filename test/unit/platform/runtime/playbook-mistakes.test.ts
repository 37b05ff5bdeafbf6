import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlaybookSurroundings } from '../../../../services/core/playbooks/find-playbook-problems.ts';
import {
  type LooseDocument,
  looseDocument,
  playbookSurroundings,
  problemsOf,
} from '../../../support/playbook-files.ts';

type Mistake = readonly [what: string, make: (file: LooseDocument) => void, problem: string];

const overlong: readonly Mistake[] = [
  [
    'hours that are counted twice',
    (file) => (file.calendars.office.week.mon = ['12:00-19:00', '09:00-13:00']),
    'calendars.office.week.mon: 12:00-19:00 overlaps 09:00-13:00',
  ],
  [
    'hours of one day that are counted twice',
    (file) => (file.calendars.office.exceptions = { '2026-12-24': ['09:00-13:00', '09:00-13:00'] }),
    'calendars.office.exceptions.2026-12-24: 09:00-13:00 overlaps 09:00-13:00',
  ],
  [
    'a time zone nobody lives in',
    (file) => (file.calendars.office.timezone = 'Mars/Base'),
    'calendars.office.timezone: "Mars/Base" is no time zone; use an IANA name such as Europe/London',
  ],
  [
    'a cap on no time at all',
    (file) => (file.contact.caps[0].within = '0d'),
    'contact.caps.0.within: must be longer than nothing',
  ],
  [
    'a cap in working time',
    (file) => (file.contact.caps[1].within = '2wd'),
    'contact.caps.1.within: count it in m, h or d; working time is for deadlines',
  ],
  [
    'a cooldown in working time',
    (file) => (file.playbooks['win-back'].cooldown = '60wd'),
    'playbooks.win-back.cooldown: count it in m, h or d; working time is for deadlines',
  ],
  [
    'an end before the beginning',
    (file) => (file.playbooks['win-back'].stop = { after: '0h' }),
    'playbooks.win-back.stop.after: must be longer than nothing',
  ],
  [
    'a deadline on opening',
    (file) => (file.playbooks['win-back'].respond_within = '0m'),
    'playbooks.win-back.respond_within: must be longer than nothing',
  ],
  [
    'something that is done again without a pause',
    (file) => (file.playbooks['win-back'].trigger = { on: 'stage', machine: 'lifecycle5', enters: ['dormant'], every: '0d' }), // prettier-ignore
    'playbooks.win-back.trigger.every: must be longer than nothing',
  ],
  [
    'a silence of no length',
    (file) => (file.playbooks['win-back'].trigger = { on: 'silence', since: 'contact', for: '0h' }),
    'playbooks.win-back.trigger.for: must be longer than nothing',
  ],
  [
    'a wait in working days without a calendar',
    (file) => (file.playbooks['win-back'].steps = [{ do: 'wait', for: '2wd' }]),
    'playbooks.win-back.steps.0.for: 2wd is working time, so the playbook needs a calendar',
  ],
  [
    'playbooks that take turns for ever',
    (file) => (file.playbooks['win-back'].trigger = { on: 'without-result', of: 'second-development' }),
    'playbooks.win-back.trigger.of: it follows itself by way of second-development',
  ],
];

describe('a playbook file that can be read and would not do what it says', () => {
  let directory: string;
  let around: PlaybookSurroundings;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tidewatch-playbooks-'));
    around = await playbookSurroundings();
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each(overlong)('is refused for %s', async (_, make, problem) => {
    const file = looseDocument();
    make(file);
    expect(await problemsOf(join(directory, 'playbooks.yaml'), file, around)).toContain(problem);
  });

  it('is refused once with all of it', async () => {
    const file = looseDocument();
    const atOnce = overlong.slice(0, 6);
    for (const [, make] of atOnce) make(file);
    const problems = await problemsOf(join(directory, 'playbooks.yaml'), file, around);
    expect(problems).toEqual(expect.arrayContaining(atOnce.map(([, , problem]) => problem)));
  });
});

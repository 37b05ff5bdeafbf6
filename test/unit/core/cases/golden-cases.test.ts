import { describe, expect, it } from 'vitest';
import { applyCaseCommand } from '../../../../services/core/cases/apply-case-command.ts';
import { type CaseBook, emptyCaseBook } from '../../../../services/core/cases/case-book.ts';
import { caseDueAt, passCaseTime } from '../../../../services/core/cases/pass-case-time.ts';
import type { CommandVerb } from '../../../../services/core/commands/command-verbs.ts';
import { caseCommand } from '../../../support/case-inputs.ts';
import { goldenScale, type GoldenTimeline, readGoldenTimelines } from '../../../support/golden-timelines.ts';
import { plainCaseRules } from '../../../support/plain-case-rules.ts';
import { serviceRule } from '../../../support/service-rules.ts';

const table = readGoldenTimelines();
const minuteMs = 60_000;
const never = 1_000_000;

const verbs: Readonly<Record<string, CommandVerb>> = {
  start: 'case-open',
  pause: 'case-wait',
  resume: 'case-resume',
  meet: 'case-resolve',
  reopen: 'case-reopen',
};

function rulesOf(timeline: GoldenTimeline) {
  const terms = { scale: goldenScale(timeline, table), target: timeline.target * minuteMs };
  const rule = serviceRule('resolution', 0, { goesOnWhenReopened: true, termsFor: () => terms, escalation: [] });
  return plainCaseRules([rule], never);
}

function play(timeline: GoldenTimeline): CaseBook {
  let book = emptyCaseBook;
  for (const entry of timeline.log) {
    const [time = '', what = ''] = entry.split(' ');
    const verb = verbs[what];
    if (verb === undefined) throw new Error(`The golden table has an entry nobody knows: ${entry}`);
    const more = { at: Date.parse(time), channel: 'call', state: 'waiting-for-customer' };
    book = applyCaseCommand(book, caseCommand(verb, 0, more), rulesOf(timeline)).book;
  }
  return book;
}

describe('the golden table of clocks, as cases', () => {
  it.each(table.timelines)('$name', (timeline) => {
    const rules = rulesOf(timeline);
    const book = play(timeline);
    const { due, warns } = timeline.expect;
    const expected = [['warned', warns] as const, ['overdue', due] as const]
      .flatMap(([kind, time]) => (time === null ? [] : [{ kind, at: Date.parse(time) }]))
      .toSorted((one, other) => one.at - other.at);
    const stuck = book.cases[0]?.progressedAt ?? 0;
    const { moments } = passCaseTime(book, stuck + never * 3_600_000 - 1, rules);
    expect(moments.map(({ kind, at }) => ({ kind, at }))).toEqual(expected);
    const first = expected[0];
    if (first !== undefined) expect(caseDueAt(book, rules)).toBe(first.at);
  });
});

import { parseTerm, type Term } from '../playbooks/term.ts';
import type { ServiceDocument } from './service-document.ts';

const hourMs = 3_600_000;
/** What every customer is promised, whatever the tier: an answer within a day, first handling within two, complaints three working days. */
const floors = { answer: 24 * hourMs, handling: 48 * hourMs, complaint: 3 * 24 * hourMs } as const;

/** What service rules may name besides what stands in their own file; null where it is not known. */
export interface ServiceSurroundings {
  readonly queues: ReadonlySet<string> | null;
  readonly tiers: ReadonlySet<string> | null;
}

/** What a schema cannot see, one sentence each, beginning with the place in the file. */
export function findServiceProblems(document: ServiceDocument, around: ServiceSurroundings): readonly string[] {
  return [
    ...calendarProblems(document),
    ...floorProblems(document),
    ...tierProblems(document, around),
    ...queueProblems(document, around),
    ...waitingProblems(document),
    ...surveyProblems(document),
  ];
}

function calendarProblems({ calendars, calendar }: ServiceDocument): string[] {
  const problems = Object.entries(calendars)
    .filter(([, { week }]) => !Object.values(week).some((ranges) => ranges.length > 0))
    .map(([id]) => `calendars.${id}: no day of the week has hours`);
  if (!Object.hasOwn(calendars, calendar)) problems.push(`calendar: "${calendar}" is none of the calendars`);
  return problems;
}

/** No weight, and so no tier, waits longer than everybody is promised. */
function floorProblems({ terms }: ServiceDocument): string[] {
  const problems: string[] = [];
  for (const clock of ['answer', 'handling'] as const) {
    for (const [weight, text] of Object.entries(terms[clock])) {
      if (isWithin(text, 'plain', floors[clock])) continue;
      const most = floors[clock] / hourMs;
      problems.push(
        `terms.${clock}.${weight}: ${text} may not be longer than the common ${most}h, counted in m, h or d`,
      );
    }
  }
  if (
    !isWithin(terms.complaint, 'working-days', floors.complaint) &&
    !isWithin(terms.complaint, 'plain', floors.complaint)
  ) {
    problems.push(`terms.complaint: ${terms.complaint} may not be longer than 3wd, counted in h, d or wd`);
  }
  return problems;
}

function isWithin(text: string, scale: Term['scale'], most: number): boolean {
  const term = parseTerm(text);
  return term !== null && term.scale === scale && term.units <= most && term.units > 0;
}

function tierProblems({ tiers }: ServiceDocument, around: ServiceSurroundings): string[] {
  return Object.keys(tiers)
    .filter((tier) => around.tiers !== null && !around.tiers.has(tier))
    .map((tier) => `tiers.${tier}: "${tier}" is no tier of the segment configuration`);
}

function queueProblems({ queues, escalation }: ServiceDocument, around: ServiceSurroundings): string[] {
  const problems: string[] = [];
  const check = (queue: string, place: string): void => {
    if (around.queues?.has(queue) === false)
      problems.push(`${place}: "${queue}" is none of the queues of the playbooks`);
  };
  for (const [kind, queue] of Object.entries(queues)) if (queue !== null) check(queue, `queues.${kind}`);
  if (!Object.hasOwn(escalation, 'default')) problems.push('escalation: needs a chain called default');
  for (const [queue, chain] of Object.entries(escalation)) {
    const place = `escalation.${queue}`;
    if (queue !== 'default') check(queue, place);
    for (const [i, { after, to }] of chain.entries()) {
      check(to, `${place}.${i}.to`);
      const before = chain[i - 1];
      if (parseTerm(after)?.scale !== 'plain') problems.push(`${place}.${i}.after: count it in m, h or d`);
      else if (before !== undefined && lengthOf(before.after) >= lengthOf(after)) {
        problems.push(`${place}.${i}.after: must be later than the step before it`);
      }
    }
  }
  return problems;
}

/** A customer who is waited for has been answered; a first answer is owed in every state. */
function waitingProblems({ waiting }: ServiceDocument): string[] {
  return Object.entries(waiting)
    .filter(([, { pauses }]) => pauses.includes('answer'))
    .map(([name]) => `waiting.${name}.pauses: the first answer is owed whatever is waited for; take "answer" out`);
}

function surveyProblems({ surveys }: ServiceDocument): string[] {
  const problems: string[] = [];
  for (const place of ['valid', 'fatigue'] as const) {
    const term = parseTerm(surveys[place]);
    if (term?.scale !== 'plain' || term.units === 0) problems.push(`surveys.${place}: count it in m, h or d, from 1`);
  }
  for (const [id, { after, on, message }] of Object.entries(surveys.ask)) {
    const term = parseTerm(after);
    if (term?.scale !== 'plain') problems.push(`surveys.ask.${id}.after: count it in m, h or d`);
    else if (on === 'period' && term.units === 0) problems.push(`surveys.ask.${id}.after: a period has a length`);
    for (const language of ['en', 'zhCN'] as const) {
      if (message.text[language].includes('{link}')) continue;
      problems.push(`surveys.ask.${id}.message.text.${language}: must hold {link}`);
    }
  }
  return problems;
}

function lengthOf(text: string): number {
  return parseTerm(text)?.units ?? 0;
}

import { findCalendarProblems } from './find-calendar-problems.ts';
import { findCircleProblems } from './find-circle-problems.ts';
import { findTermProblems } from './find-term-problems.ts';
import type { EscalationRule, PlaybookRule, PlaybooksDocument, StepRule } from './playbook-document.ts';
import { isProtectedAttribute } from '../loyalty/protected-attributes.ts';
import { parseTerm } from './term.ts';

/** What a playbook may name besides what stands in its own file. */
export interface PlaybookSurroundings {
  /** Tiers by scheme and stages by machine of the segment configuration. */
  readonly tiers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly stages: ReadonlyMap<string, ReadonlySet<string>>;
  /** Channels that messages can be sent through. */
  readonly channels: ReadonlySet<string>;
  /** Webhook targets that are set up; null where they are not known, as when a file is checked by itself. */
  readonly webhooks: ReadonlySet<string> | null;
}

/** What a schema cannot see, one sentence each, beginning with the place in the file. */
export function findPlaybookProblems(document: PlaybooksDocument, around: PlaybookSurroundings): readonly string[] {
  const problems = escalationProblems(document, document.escalation, 'escalation');
  problems.push(
    ...findCalendarProblems(document.calendars),
    ...findTermProblems(document),
    ...findCircleProblems(document),
  );
  for (const [i, { channel }] of document.contact.caps.entries()) {
    if (channel !== null) problems.push(...channelProblem(around, channel, `contact.caps.${i}.channel`));
  }
  for (const [id, playbook] of Object.entries(document.playbooks)) {
    const place = `playbooks.${id}`;
    problems.push(
      ...nameProblems(document, playbook, { place, around }),
      ...triggerProblems(document, playbook, { id, place, around }),
      ...calendarProblems(document, playbook, place),
      ...playbook.steps.flatMap((step, i) => stepProblems(document, step, { place: `${place}.steps.${i}`, around })),
      ...orderProblems(playbook, place),
    );
  }
  return problems;
}

interface Place {
  readonly place: string;
  readonly around: PlaybookSurroundings;
}

function escalationProblems(document: PlaybooksDocument, steps: readonly EscalationRule[], place: string): string[] {
  const problems = steps.flatMap(({ to }, i) => queueProblem(document, to, `${place}.${i}.to`));
  for (const [i, { after }] of steps.entries()) {
    const before = steps[i - 1];
    if (parseTerm(after)?.scale !== 'plain') problems.push(`${place}.${i}.after: count it in m, h or d`);
    if (before !== undefined && lengthOf(before.after) >= lengthOf(after)) {
      problems.push(`${place}.${i}.after: must be later than the step before it`);
    }
  }
  return problems;
}

function nameProblems(document: PlaybooksDocument, playbook: PlaybookRule, { place, around }: Place): string[] {
  const problems = queueProblem(document, playbook.owner, `${place}.owner`);
  for (const [tier, queue] of Object.entries(playbook.owner_by_tier)) {
    problems.push(...queueProblem(document, queue, `${place}.owner_by_tier.${tier}`));
    const [scheme = '', name = ''] = tier.split('.');
    if (around.tiers.get(scheme)?.has(name) !== true) {
      problems.push(`${place}.owner_by_tier: "${tier}" is no tier; write it as scheme.tier`);
    }
  }
  problems.push(...escalationProblems(document, playbook.escalation ?? [], `${place}.escalation`));
  problems.push(...audienceProblems(playbook, place));
  return problems;
}

/** Prices may depend on what customers buy, never on who they are. */
function audienceProblems({ only_for, offer }: PlaybookRule, place: string): string[] {
  if (offer?.changes_price !== true) return [];
  return Object.keys(only_for)
    .filter(isProtectedAttribute)
    .map((name) => `${place}.only_for: "${name}" is a protected attribute, and no price may depend on one`);
}

function queueProblem({ queues }: PlaybooksDocument, queue: string, place: string): string[] {
  return Object.hasOwn(queues, queue) ? [] : [`${place}: "${queue}" is none of the queues`];
}

function triggerProblems(
  { playbooks }: PlaybooksDocument,
  { trigger }: PlaybookRule,
  { id, place, around }: Place & { id: string },
): string[] {
  const at = `${place}.trigger`;
  if (trigger.on === 'stage')
    return placeProblems(around.stages, [trigger.machine, trigger.enters], [at, 'machine', 'stage']);
  if (trigger.on === 'tier') return placeProblems(around.tiers, [trigger.scheme, trigger.in], [at, 'scheme', 'tier']);
  if (trigger.on !== 'without-result') return [];
  if (trigger.of === id) return [`${at}.of: a playbook cannot follow itself`];
  return Object.hasOwn(playbooks, trigger.of) ? [] : [`${at}.of: "${trigger.of}" is none of the playbooks`];
}

function placeProblems(
  known: ReadonlyMap<string, ReadonlySet<string>>,
  [group, names]: readonly [string, readonly string[]],
  [at, groupWord, word]: readonly [string, string, string],
): string[] {
  const members = known.get(group);
  if (members === undefined) return [`${at}: "${group}" is no ${groupWord} of the segment configuration`];
  return names.filter((each) => !members.has(each)).map((each) => `${at}: "${each}" is no ${word} of ${group}`);
}

function calendarProblems({ calendars }: PlaybooksDocument, playbook: PlaybookRule, place: string): string[] {
  if (playbook.calendar !== null) {
    const isKnown = Object.hasOwn(calendars, playbook.calendar);
    return isKnown ? [] : [`${place}.calendar: "${playbook.calendar}" is none of the calendars`];
  }
  return termsOf(playbook)
    .filter(([, text]) => parseTerm(text)?.scale !== 'plain')
    .map(([where, text]) => `${place}.${where}: ${text} is working time, so the playbook needs a calendar`);
}

function termsOf({ respond_within, resolve_within }: PlaybookRule): (readonly [string, string])[] {
  return Object.entries({ respond_within, resolve_within }).flatMap(([where, rule]) =>
    typeof rule === 'string'
      ? [[where, rule] as const]
      : Object.entries(rule).map(([level, text]) => [`${where}.${level}`, text] as const),
  );
}

function stepProblems(document: PlaybooksDocument, step: StepRule, { place, around }: Place): string[] {
  if (step.do === 'escalate') return queueProblem(document, step.to, `${place}.to`);
  if (step.do === 'message') return channelProblem(around, step.channel, `${place}.channel`);
  if (step.do === 'webhook' && around.webhooks?.has(step.target) === false) {
    return [`${place}.target: "${step.target}" is no webhook that is set up`];
  }
  return [];
}

function channelProblem({ channels }: PlaybookSurroundings, channel: string, place: string): string[] {
  return channels.has(channel) ? [] : [`${place}: "${channel}" is no channel that messages can be sent through`];
}

/** What stands after the end would never happen, and nobody who asks for service is left alone to see what comes of it. */
function orderProblems({ steps, trigger, respond_within, purpose, holdout }: PlaybookRule, place: string): string[] {
  const problems: string[] = [];
  if (purpose === 'service' && holdout > 0) {
    problems.push(`${place}.holdout: a playbook that serves what customers ask for has none`);
  }
  const end = steps.findIndex((step) => step.do === 'close');
  if (end >= 0 && end < steps.length - 1)
    problems.push(`${place}.steps.${end + 1}: stands after close and never happens`);
  if (typeof respond_within !== 'string' && trigger.on !== 'level') {
    problems.push(`${place}.respond_within: only a playbook that starts on a level has a term for each level`);
  }
  return problems;
}

function lengthOf(text: string): number {
  return parseTerm(text)?.units ?? 0;
}

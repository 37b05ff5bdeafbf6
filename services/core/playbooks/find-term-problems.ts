import type { PlaybookRule, PlaybooksDocument, StepRule, TriggerRule } from './playbook-document.ts';
import { parseTerm } from './term.ts';

/**
 * Lengths of time that can be read and still say nothing: none at all where something would happen again and again, and
 * working time where there is no calendar to count it in. One sentence each, beginning with the place in the file.
 */
export function findTermProblems({ contact, playbooks }: PlaybooksDocument): readonly string[] {
  const problems = contact.caps.flatMap(({ within }, i) => lengthProblems(within, `contact.caps.${i}.within`));
  for (const [id, playbook] of Object.entries(playbooks)) {
    const place = `playbooks.${id}`;
    problems.push(
      ...plainProblems(playbook.cooldown, `${place}.cooldown`),
      ...(playbook.stop.after === null ? [] : lengthProblems(playbook.stop.after, `${place}.stop.after`)),
      ...periodProblems(playbook.trigger, `${place}.trigger`),
      ...deadlineProblems(playbook, place),
      ...stepProblems(playbook, place),
    );
  }
  return problems;
}

function plainProblems(text: string, place: string): string[] {
  return parseTerm(text)?.scale === 'plain' ? [] : [`${place}: count it in m, h or d; working time is for deadlines`];
}

function lengthProblems(text: string, place: string): string[] {
  return [...plainProblems(text, place), ...nothingProblems(text, place)];
}

function nothingProblems(text: string, place: string): string[] {
  return parseTerm(text)?.units === 0 ? [`${place}: must be longer than nothing`] : [];
}

function periodProblems(trigger: TriggerRule, place: string): string[] {
  if (trigger.on === 'silence') return lengthProblems(trigger.for, `${place}.for`);
  if (trigger.on !== 'stage' && trigger.on !== 'tier') return [];
  return trigger.every === null ? [] : lengthProblems(trigger.every, `${place}.every`);
}

function deadlineProblems({ respond_within, resolve_within }: PlaybookRule, place: string): string[] {
  return Object.entries({ respond_within, resolve_within }).flatMap(([where, rule]) =>
    typeof rule === 'string'
      ? nothingProblems(rule, `${place}.${where}`)
      : Object.entries(rule).flatMap(([level, text]) => nothingProblems(text, `${place}.${where}.${level}`)),
  );
}

function stepProblems({ steps, calendar }: PlaybookRule, place: string): string[] {
  if (calendar !== null) return [];
  return steps.flatMap((step, i) => {
    const term = termOf(step);
    if (term === null || parseTerm(term.text)?.scale === 'plain') return [];
    return [`${place}.steps.${i}.${term.member}: ${term.text} is working time, so the playbook needs a calendar`];
  });
}

function termOf(step: StepRule): { readonly member: string; readonly text: string } | null {
  if (step.do === 'wait') return { member: 'for', text: step.for };
  return step.do === 'follow-up' ? { member: 'after', text: step.after } : null;
}

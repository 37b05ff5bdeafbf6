import { capAllows } from '../contacts/contact-caps.ts';
import type { SurveyAsk } from '../surveys/survey-ask.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskDraft } from './task-draft.ts';
import { taskId } from './task-id.ts';
import { keptEpisodes } from './task-state.ts';
import { unscored } from './unscored.ts';
import { untouchedTask } from './untouched-task.ts';

const trigger = 'survey';

/**
 * Asks a customer for a rating: the message stands in a task of its own that is resolved from the start, since nobody has to
 * do anything; so it is delivered, counted and shown like any other message. Customers who refuse to be contacted, or were
 * contacted as often as the caps allow, are not asked, and the audit log says so.
 */
export function sendSurvey(draft: TaskDraft, ask: SurveyAsk): void {
  const { key, rules, state, at } = draft;
  const playbook = `survey-${ask.survey}`;
  const { askId, channel, en, zhCN } = ask;
  const { consent, leaveAloneUntil } = state.facts;
  const question = { customer: key, purpose: 'care', channel, isAutomatedOffer: false, marks: consent } as const;
  const isCapped = capAllows({ at, channel, purpose: 'care' }, state.facts.contacts, rules.caps) > at;
  const isInPeace = leaveAloneUntil !== null && leaveAloneUntil > at;
  const refusal = rules.consent(question) ?? (isInPeace ? 'leave-alone' : isCapped ? 'capped' : null);
  if (refusal !== null) {
    const record = { actor: 'engine', action: 'ask', subject: askId, playbook, note: channel } as const;
    draft.audit({ ...record, result: 'withheld', reason: refusal }, askId);
    return;
  }
  const contact = {
    contactId: askId,
    channel,
    purpose: 'care',
    en,
    zhCN,
    at: rules.contactHours.nextAllowed(at),
  } as const;
  draft.addTask(surveyTask(draft, playbook, contact), keptEpisodes);
  const contacts = [...state.facts.contacts, { at: contact.at, channel, purpose: contact.purpose }];
  draft.learn({ contacts: contacts.filter((each) => each.at > at - rules.capWindowMs) });
}

function surveyTask(draft: TaskDraft, playbook: string, contact: RetentionTask['contacts'][number]): RetentionTask {
  const { key, rules, state, at } = draft;
  const episode = draft.trigger(trigger).episode + 1;
  const score = state.score ?? unscored(key, state.facts.customerRef, at);
  draft.setTrigger(trigger, { episode, lastOpenedAt: at, endedAt: at });
  return {
    ...untouchedTask,
    taskId: taskId(rules.digest, { ...key, trigger, episode }),
    version: 1,
    ...key,
    customerRef: score.customerRef ?? state.facts.customerRef,
    trigger,
    playbook,
    episode,
    priority: 0,
    status: 'resolved',
    owner: null,
    createdAt: at,
    updatedAt: at,
    respondBy: null,
    resolveBy: null,
    score,
    textEn: contact.en,
    textZhCN: contact.zhCN,
    arm: 'treated',
    outcome: { result: 'completed', reason: null, at },
    reasons: null,
    playbookVersion: rules.service.version,
    respondedAt: at,
    resolvedAt: at,
    contacts: [contact],
    change: 'asked',
  };
}

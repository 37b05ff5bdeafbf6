import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import type { TaskDraft } from './task-draft.ts';

/** Whether a customer is one of those a playbook is for; whose attribute is not known is not. */
export function isFor({ state }: TaskDraft, { onlyFor }: ServedPlaybook): boolean {
  return [...onlyFor].every(([name, values]) => values.has(state.facts.attributes[name] ?? ''));
}

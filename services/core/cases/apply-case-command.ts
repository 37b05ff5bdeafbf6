import type { RetentionCommand } from '../commands/retention-command.ts';
import { type CaseBook, findCase } from './case-book.ts';
import { type CaseResult, refuse } from './case-result.ts';
import type { CaseRules } from './case-rules.ts';
import type { CaseStep } from './case-step.ts';
import { openCase } from './open-case.ts';
import type { CaseNature, CaseWeight } from './service-case.ts';
import { takeCaseStep } from './take-case-step.ts';

const natures: ReadonlySet<string> = new Set<CaseNature>(['product', 'service', 'after-sales']);
const weights: ReadonlySet<string> = new Set<CaseWeight>(['routine', 'complex', 'urgent']);

/**
 * What a `case-…` command does; of any other verb nothing. `reason` is the cause code. `incomplete` is also the fault of a
 * word that its verb does not know: a nature, a weight or a waiting state.
 */
export function applyCaseCommand(book: CaseBook, command: RetentionCommand, rules: CaseRules): CaseResult {
  const { verb, caseId } = command;
  if (!verb.startsWith('case-')) return refuse(book, null);
  if (caseId === null || caseId === '') return refuse(book, 'incomplete');
  if (verb === 'case-open') return open(book, command, caseId, rules);
  if (findCase(book, caseId) === null) return refuse(book, 'unknown-case');
  const step = readStep(command, rules);
  return step === null ? refuse(book, 'incomplete') : takeCaseStep(book, caseId, step, rules);
}

function open(book: CaseBook, command: RetentionCommand, caseId: string, rules: CaseRules): CaseResult {
  const { at, channel, nature, weight, isComplaint } = command;
  if (!isNature(nature) || !isWeight(weight) || channel === null) return refuse(book, 'incomplete');
  return openCase(book, { caseId, at, channel, nature, weight, isComplaint: isComplaint ?? false }, rules);
}

function readStep(command: RetentionCommand, rules: CaseRules): CaseStep | null {
  const { verb, at } = command;
  const by = command.by === 'bot' ? 'bot' : 'person';
  switch (verb) {
    case 'case-respond':
      return { kind: 'respond', at, by };
    case 'case-progress':
      return { kind: 'progress', at, by, isToCustomer: command.isToCustomer ?? true };
    case 'case-wait':
      return command.state !== null && rules.waitingStates.has(command.state)
        ? { kind: 'wait', at, state: command.state }
        : null;
    case 'case-resume':
      return { kind: 'resume', at };
    case 'case-resolve':
      return { kind: 'resolve', at, causeCode: knownCause(command, rules) };
    case 'case-follow-up':
      return { kind: 'follow-up', at };
    case 'case-reopen':
      return { kind: 'reopen', at };
    case 'case-close':
      return { kind: 'close', at, causeCode: knownCause(command, rules) };
    case 'case-assign':
      return command.owner === null || command.owner === '' ? null : { kind: 'assign', at, owner: command.owner };
    case 'case-sort':
      return readSort(command);
    default:
      return null;
  }
}

/** A code that is none of the tenant's is none. */
function knownCause({ reason }: RetentionCommand, { causeCodes }: CaseRules): string | null {
  return reason !== null && causeCodes.has(reason) ? reason : null;
}

function readSort({ at, nature, weight, isComplaint }: RetentionCommand): CaseStep | null {
  if (!isNature(nature) || !isWeight(weight)) return null;
  return nature === null && weight === null && isComplaint === null
    ? null
    : { kind: 'sort', at, nature, weight, isComplaint };
}

function isNature(word: string | null): word is CaseNature | null {
  return word === null || natures.has(word);
}

function isWeight(word: string | null): word is CaseWeight | null {
  return word === null || weights.has(word);
}

import fc from 'fast-check';
import type { CommandVerb } from '../../services/core/commands/command-verbs.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import { levels } from '../../services/core/scoring/level.ts';
import type { TaskInput } from '../../services/core/tasks/task-input.ts';
import type { TaskState } from '../../services/core/tasks/task-state.ts';
import { aCommand } from './command-builder.ts';
import { aRecord } from './builders.ts';
import { aScore } from './score-builder.ts';

const customer = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };
const hourMs = 3_600_000;
const begin = Date.UTC(2026, 0, 5, 8);

/** One thing that happens to a customer, `hours` after the one before; commands name their task when it is made. */
type Happening =
  | { readonly kind: 'score'; readonly level: (typeof levels)[number]; readonly reason: string | null }
  | { readonly kind: 'event'; readonly event: Partial<CustomerRecord> }
  | {
      readonly kind: 'segments';
      readonly standing: 'tier' | 'stage';
      readonly scheme: string;
      readonly name: string | null;
    }
  | { readonly kind: 'command'; readonly verb: CommandVerb; readonly task: number; readonly hours: number }
  | { readonly kind: 'time' };

const attribute = (name: string, value: string | number | boolean) => ({ name, value });
const events: readonly Partial<CustomerRecord>[] = [
  { type: 'order.placed' },
  { type: 'order.returned', reportingAmountMinor: -400 },
  { type: 'case.opened', attributes: [attribute('caseClass', 'complaint'), attribute('caseId', 'c1')] },
  { type: 'case.resolved', attributes: [attribute('caseId', 'c1')] },
  { type: 'survey.answered', attributes: [attribute('surveyKind', 'csat'), attribute('surveyScore', 1)] },
  { type: 'payment.failed' },
  { type: 'order.delayed' },
  { type: 'contact.received' },
  { type: 'consent.changed', attributes: [attribute('granted', false), attribute('purpose', 'marketing')] },
  { type: 'consent.changed', attributes: [attribute('granted', true), attribute('purpose', 'marketing')] },
  { type: 'customer.upserted', attributes: [attribute('birthday', '1980-02-29')] },
];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('score' as const), level: fc.constantFrom(...levels), reason: fc.constantFrom(null, 'price', 'experience', 'silence', 'competitor') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('event' as const), event: fc.constantFrom(...events) }) },
  { weight: 2, arbitrary: fc.constantFrom<Happening>(
    { kind: 'segments', standing: 'stage', scheme: 'lifecycle5', name: 'new' },
    { kind: 'segments', standing: 'stage', scheme: 'lifecycle5', name: 'dormant' },
    { kind: 'segments', standing: 'stage', scheme: 'lifecycle5', name: 'lapsed' },
    { kind: 'segments', standing: 'tier', scheme: 'retail5', name: 'core' },
    { kind: 'segments', standing: 'tier', scheme: 'retail5', name: null },
  ) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('command' as const), verb: fc.constantFrom<CommandVerb>('claim', 'assign', 'respond', 'resolve', 'snooze', 'escalate', 'outcome', 'note', 'leave-alone'), task: fc.nat({ max: 30 }), hours: fc.nat({ max: 100 }) }) },
  { weight: 2, arbitrary: fc.constant<Happening>({ kind: 'time' }) },
); // prettier-ignore

/** What happens to one customer, in order, with the hours between. */
export const careHistory: fc.Arbitrary<readonly { readonly after: number; readonly what: Happening }[]> = fc.array(
  fc.record({
    after: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 30 }) }, { weight: 1, arbitrary: fc.nat({ max: 1_500 }) }),
    what: happening,
  }),
  { maxLength: 40, size: 'max' },
);

/** Makes inputs of a history, given how commands are to find the tasks that stand by then. */
export function careInputs(
  history: readonly { readonly after: number; readonly what: Happening }[],
  apply: (input: TaskInput) => TaskState,
): readonly TaskInput[] {
  const made: TaskInput[] = [];
  let at = begin;
  let state: TaskState | null = null;
  for (const [i, { after, what }] of history.entries()) {
    at += after * hourMs;
    const input = makeInput(what, { at, n: i + 1, state });
    made.push(input);
    state = apply(input);
  }
  return made;
}

function makeInput(what: Happening, { at, n, state }: { at: number; n: number; state: TaskState | null }): TaskInput {
  const place = { logId: 'log', offset: n };
  switch (what.kind) {
    case 'score': {
      const reasons = what.reason === null ? null : [{ code: what.reason, contribution: 1, en: 'x', zhCN: 'x' }];
      return { kind: 'score', score: aScore({ level: what.level, reasons, stateVersion: n, receivedAt: at }) };
    }
    case 'event':
      return {
        kind: 'event',
        event: aRecord({ eventId: `e${n}`, ...what.event, occurredAt: at, receivedAt: at }),
        place,
      };
    case 'segments': {
      const changes = [{ kind: what.standing, scheme: what.scheme, old: null, new: what.name, because: null }];
      const segments = {
        ...customer, changeId: `s${n}`, customerRef: null, source: 's', eventId: `e${n}`, eventType: '', cause: 'day' as const,
        asOf: 1, at, stateVersion: n, activationId: '', segments: '1', historical: false, changes,
      }; // prettier-ignore
      return { kind: 'segments', segments, place };
    }
    case 'command': {
      const tasks = state?.triggers.flatMap((each) => each.tasks) ?? [];
      const taskId = tasks.length === 0 ? 'none' : (tasks[what.task % tasks.length]?.taskId ?? 'none');
      const until = what.hours === 0 ? null : at + what.hours * hourMs;
      const command = aCommand({
        commandId: `k${n}`, verb: what.verb, taskId: what.verb === 'leave-alone' ? null : taskId, at, until,
        actor: `care-${what.task % 2}`, owner: 'care-9', result: 'kept', note: 'n',
        state: what.hours % 2 === 0 ? 'waiting-for-customer' : null,
      }); // prettier-ignore
      return { kind: 'command', command, place };
    }
    case 'time':
      return { kind: 'time', at };
  }
}

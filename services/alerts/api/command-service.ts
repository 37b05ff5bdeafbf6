import type { CommandFault } from '../../core/commands/command-fault.ts';
import type { CommandVerb } from '../../core/commands/command-verbs.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { TaskState } from '../../core/tasks/task-state.ts';
import type { DurationMs } from '../../core/units.ts';
import type { CommandSender } from './command-sender.ts';
import type { CommandBody } from '../describe-command-bodies.ts';

/** What a caller asks. */
export interface CommandRequest {
  readonly key: CustomerKey;
  readonly verb: CommandVerb;
  /** Null where it is about the customer. */
  readonly taskId: string | null;
  readonly body: CommandBody;
  readonly actor: string;
  /** Null where the caller sent none. */
  readonly idempotencyKey: string | null;
}

/**
 * - `applied`: the state shows it
 * - `refused`: the state shows that it may not be done
 * - `accepted`: it stands in the log and will be dealt with
 */
export type CommandAnswer =
  | { readonly kind: 'applied'; readonly commandId: string; readonly state: TaskState }
  | { readonly kind: 'refused'; readonly commandId: string; readonly fault: CommandFault }
  | { readonly kind: 'accepted'; readonly commandId: string };

export interface CommandServiceDeps {
  readonly readState: (key: CustomerKey) => Promise<TaskState>;
  readonly sink: LogSink;
  readonly codec: RecordCodec<RetentionCommand>;
  readonly topic: string;
  readonly digest: Digest;
  readonly clock: Clock;
  /** An id that nobody else makes. */
  readonly newId: () => string;
}

export interface CommandService extends CommandSender {
  /** Puts the command into the log, acknowledged by all replicas, and waits a little for what becomes of it. */
  submit(request: CommandRequest): Promise<CommandAnswer>;
}

const idDigits = 32;
/** How long a caller is kept waiting for the state to show the command. */
const patienceMs: DurationMs = 2_000;
const firstPauseMs: DurationMs = 10;
const longestPauseMs: DurationMs = 200;

export function createCommandService(deps: CommandServiceDeps): CommandService {
  const { readState, sink, codec, topic, clock } = deps;

  async function lookFor(key: CustomerKey, { commandId, digest }: RetentionCommand): Promise<CommandAnswer | null> {
    const state = await readState(key);
    const done = state.commands.find((each) => each.commandId === commandId);
    if (done === undefined) return null;
    if (done.digest !== digest) return { kind: 'refused', commandId, fault: 'other-content' };
    return done.fault === null
      ? { kind: 'applied', commandId, state }
      : { kind: 'refused', commandId, fault: done.fault };
  }

  /** What was dealt with before is answered from the state, and not written once more. */
  async function deal(command: RetentionCommand, mayBeKnown: boolean): Promise<CommandAnswer> {
    const { commandId, tenant, surrogate } = command;
    const key = { tenant, surrogate };
    const before = mayBeKnown ? await lookFor(key, command) : null;
    if (before !== null) return before;
    await sink.publish([{ topic, key: surrogate, value: codec.encode(command) }]);
    const until = clock.now() + patienceMs;
    for (let pauseMs = firstPauseMs; clock.now() < until; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      await clock.sleep(Math.min(pauseMs, until - clock.now()));
      const answer = await lookFor(key, command);
      if (answer !== null) return answer;
    }
    return { kind: 'accepted', commandId };
  }

  return {
    submit: (request) => deal(toCommand(deps, request), request.idempotencyKey !== null),
    async send(command) {
      const answer = await deal(command, true);
      if (answer.kind === 'accepted') return { kind: 'pending', fault: null };
      return answer.kind === 'refused' ? { kind: 'refused', fault: answer.fault } : { kind: 'applied', fault: null };
    },
  };
}

function toCommand(
  { digest, clock, newId }: CommandServiceDeps,
  { key, verb, taskId, body, actor, idempotencyKey }: CommandRequest,
): RetentionCommand {
  const { tenant, surrogate } = key;
  const at = clock.now();
  const { leaseMinutes = null, owner = null, until = null, result = null, reason = null, note = null } = body;
  const { state = null } = body;
  // What is asked, not when: the same request sent again is the same.
  const content = [verb, taskId, actor, leaseMinutes, owner, until, result, reason, note, state];
  const named = ['command', tenant, surrogate, idempotencyKey];
  const leaseUntil = leaseMinutes === null ? null : at + leaseMinutes * 60_000;
  return {
    commandId: idempotencyKey === null ? newId() : digest.sha256Hex(JSON.stringify(named)).slice(0, idDigits),
    tenant,
    surrogate,
    verb,
    actor,
    at,
    taskId,
    caseId: null,
    digest: digest.sha256Hex(JSON.stringify(content)).slice(0, idDigits),
    owner,
    until: until === null ? leaseUntil : Date.parse(until),
    result,
    reason,
    note,
    state,
    nature: null,
    weight: null,
    isComplaint: null,
    channel: null,
    points: null,
    isToCustomer: null,
    by: null,
  };
}

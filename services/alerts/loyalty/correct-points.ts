import type { CommandFault } from '../../core/commands/command-fault.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { CustomerKey, StateStore } from '../../core/ports/state-store.ts';
import { readLoyaltyState } from './loyalty-reader.ts';

export interface CorrectPointsDeps {
  readonly store: StateStore;
  readonly sink: LogSink;
  readonly codec: RecordCodec<RetentionCommand>;
  readonly topic: string;
  readonly clock: Clock;
  readonly digest: Digest;
  /** An id nobody has used before, for callers who give none. */
  readonly newId: () => string;
}

export interface Correction {
  readonly points: number;
  readonly note: string;
  readonly actor: string;
}

export interface CorrectionAnswer {
  readonly commandId: string;
  /** `pending`: the command stands on the log and will be done. */
  readonly result: 'done' | 'refused' | 'pending';
  readonly fault: CommandFault | null;
}

const patienceMs = 2_000;
const lookEveryMs = 25;

/**
 * Puts a correction on the command log and waits a moment for it to be booked.
 * @param idempotencyKey the same correction under the same key is booked once; null for a key of its own
 */
export async function correctPoints(
  deps: CorrectPointsDeps,
  key: CustomerKey,
  { correction, idempotencyKey }: { readonly correction: Correction; readonly idempotencyKey: string | null },
): Promise<CorrectionAnswer> {
  const { points, note, actor } = correction;
  const hash = (parts: readonly (string | number)[]) => deps.digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
  const commandId = hash([key.tenant, key.surrogate, 'points-correct', idempotencyKey ?? deps.newId()]);
  const digest = hash(['points-correct', points, note, actor]);
  const at = deps.clock.now();
  const command: RetentionCommand = { ...unsaid, ...key, commandId, digest, verb: 'points-correct', actor, at, points, note };
  await deps.sink.publish([{ topic: deps.topic, key: key.surrogate, value: deps.codec.encode(command) }]);
  for (const until = at + patienceMs; ;) {
    const state = await readLoyaltyState(deps.store, key);
    const done = state?.commands.find((each) => each.commandId === commandId);
    if (done !== undefined) {
      const fault = done.digest === digest ? done.fault : 'other-content';
      return { commandId, result: fault === null ? 'done' : 'refused', fault };
    }
    if (deps.clock.now() >= until) return { commandId, result: 'pending', fault: null };
    await deps.clock.sleep(lookEveryMs);
  }
} // prettier-ignore

const unsaid = {
  taskId: null,
  caseId: null,
  owner: null,
  until: null,
  result: null,
  reason: null,
  state: null,
  nature: null,
  weight: null,
  isComplaint: null,
  channel: null,
  isToCustomer: null,
  by: null,
} satisfies Partial<RetentionCommand>;

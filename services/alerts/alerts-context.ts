import type { EngineError } from '../core/errors.ts';
import type { LogChunk, PartitionLease, RawRecord } from '../core/ports/log.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { AppliedInput } from '../core/tasks/apply-input.ts';
import { nothingOwed, type Outboxes } from '../core/tasks/clear-outbox.ts';
import type { TaskInput } from '../core/tasks/task-input.ts';
import type { TaskReducer } from '../core/tasks/task-reducer.ts';
import { emptyTaskState, type TaskState } from '../core/tasks/task-state.ts';

/** One input and what it did. */
export interface TakenInput {
  readonly input: TaskInput;
  readonly applied: AppliedInput;
}

/** One customer that is worked on. */
export interface CustomerWork {
  readonly key: CustomerKey;
  /** What came for the customer, in the order of the log. */
  readonly inputs: TaskInput[];
  /** What the store holds, as far as we know. */
  storedVersion: number;
  stored: TaskState;
  /** What the inputs make of it. */
  decided: TaskState;
  taken: readonly TakenInput[];
  /** What was published for this customer in this piece of work. */
  published: Outboxes;
}

/** Work on the tasks of some customers of one partition: of a chunk of the log, or of those with whom something is due. */
export interface TaskWork {
  readonly partition: number;
  readonly lease: Pick<PartitionLease, 'isCurrent'>;
  /** The rules of this piece of work. */
  readonly reducer: TaskReducer;
  /** Connection of the store when the work began. */
  readonly connectionEpoch: number;
  readonly customers: Map<string, CustomerWork>;
  /** Whether states are written that did not change, so that nobody else can still write onto what was read. */
  readonly writesUnchanged: boolean;
}

export interface UnreadableRecord {
  readonly raw: RawRecord;
  readonly fault: EngineError;
}

/** The work on one chunk, handed from stage to stage. */
export interface AlertsContext extends TaskWork {
  readonly chunk: LogChunk;
  unreadable: readonly UnreadableRecord[];
}

/** Adds an input to what came for its customer. */
export function addInput(customers: Map<string, CustomerWork>, key: CustomerKey, input: TaskInput): void {
  const id = `${key.tenant}:${key.surrogate}`;
  const work = customers.get(id);
  if (work !== undefined) {
    work.inputs.push(input);
    return;
  }
  const empty = emptyTaskState();
  customers.set(id, {
    key,
    inputs: [input],
    storedVersion: 0,
    stored: empty,
    decided: empty,
    taken: [],
    published: nothingOwed,
  });
}

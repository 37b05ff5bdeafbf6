import { EngineError } from '../core/errors.ts';
import type { LogChunk, RawRecord } from '../core/ports/log.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { LogPlace, TaskInput } from '../core/tasks/task-input.ts';
import type { UnreadableRecord } from './alerts-context.ts';

export type InputKind = Exclude<TaskInput['kind'], 'time'>;

/** Makes inputs of the records of one topic. */
export interface InputReader {
  readonly kind: InputKind;
  /** Named in the dead letters; null where another service sets the same records aside. */
  readonly step: string | null;
  read(chunk: LogChunk): Promise<ReadInputs>;
}

export interface ReadInputs {
  readonly inputs: readonly { readonly key: CustomerKey; readonly input: TaskInput }[];
  readonly unreadable: readonly UnreadableRecord[];
}

export interface InputTopic<T> {
  readonly kind: InputKind;
  readonly step: string | null;
  readonly codec: RecordCodec<T>;
  /** Records that are passed over before they are decoded. */
  readonly isOfNobody?: (raw: RawRecord) => boolean;
  /** Records that nothing reacts to. */
  readonly isWanted?: (value: T) => boolean;
  /** Why a well-formed record can still not be used; null when it can. */
  readonly faultOf: (value: T) => EngineError | null;
  readonly toInput: (value: T, place: LogPlace) => TaskInput;
}

/** What is not a usable record is set apart; its neighbours go on. */
export function createInputReader<T extends CustomerKey>(topic: InputTopic<T>): InputReader {
  const { kind, step, codec, isOfNobody = () => false, isWanted = () => true, faultOf, toInput } = topic;
  return {
    kind,
    step,
    async read({ records, logId }) {
      const raws = records.filter((raw) => !isOfNobody(raw));
      const decoded = await codec.decode(raws.map(({ value }) => value));
      const inputs: { key: CustomerKey; input: TaskInput }[] = [];
      const unreadable: UnreadableRecord[] = [];
      for (const [i, value] of decoded.entries()) {
        if (value instanceof EngineError) {
          unreadable.push({ raw: raws[i], fault: value });
          continue;
        }
        if (!isWanted(value)) continue;
        const fault = faultOf(value);
        if (fault !== null) unreadable.push({ raw: raws[i], fault });
        else {
          const { tenant, surrogate } = value;
          inputs.push({ key: { tenant, surrogate }, input: toInput(value, { logId, offset: raws[i].offset }) });
        }
      }
      return { inputs, unreadable };
    },
  };
}

import type { LogSink } from '../../core/ports/log.ts';
import type { AlertsContext } from '../alerts-context.ts';
import type { InputReader } from '../input-reader.ts';
import type { AlertsTelemetry } from '../telemetry.ts';
import { readerOf } from './decode-inputs.ts';
import { toDeadLetter, type DeadLetterDeps } from './to-dead-letter.ts';

export interface SetAsideDeps extends DeadLetterDeps {
  readonly readers: ReadonlyMap<string, InputReader>;
  readonly sink: LogSink;
  readonly telemetry: AlertsTelemetry;
}

/** What cannot be read goes to the dead letters with its original bytes; the offset moves past it. */
export function createSetAsideRecords(deps: SetAsideDeps): (context: AlertsContext) => Promise<void> {
  return async function setAsideRecords({ chunk, unreadable }) {
    if (unreadable.length === 0) return;
    const { kind, step } = readerOf(deps.readers, chunk.topic);
    if (step !== null) await deps.sink.publish(unreadable.map((each) => toDeadLetter(deps, chunk, { ...each, step })));
    deps.telemetry.recordsUnreadable(unreadable, { kind, topic: chunk.topic, partition: chunk.partition });
  };
}

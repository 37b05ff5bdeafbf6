import { EngineError } from '../../core/errors.ts';
import type { ActivationView } from '../../core/events/activation-view.ts';
import type { ActivationContent } from '../../core/events/customer-record.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { activationJson } from '../../core/scoring/activation.ts';
import type { ReadLog } from './provisioning-context.ts';

/** The one scope there is so far: every tenant of the installation. */
const scope = 'installation';

export interface ActivationViews {
  /** The newest view; null where none was ever written. */
  read(): Promise<ActivationView | null>;
  write(view: Pick<ActivationView, 'epoch' | 'partitions'>, activation: ActivationContent): Promise<void>;
}

/** The compacted topic that tells which activation was put in force last. */
export function createActivationViews(
  topic: string,
  io: { readonly codec: RecordCodec<ActivationView>; readonly sink: LogSink; readonly readLog: ReadLog },
): ActivationViews {
  return {
    async read() {
      const records = await io.readLog(topic);
      const decoded = await io.codec.decode(records.filter(({ key }) => key === scope).map(({ value }) => value));
      const readable = decoded.filter((view): view is ActivationView => !(view instanceof EngineError));
      return readable.at(-1) ?? null;
    },
    async write({ epoch, partitions }, activation) {
      const { activationId } = activation;
      const view: ActivationView = { scope, epoch, partitions, activationId, content: activationJson(activation) };
      await io.sink.publish([{ topic, key: scope, value: io.codec.encode(view) }]);
    },
  };
}

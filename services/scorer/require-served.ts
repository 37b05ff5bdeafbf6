import { EngineError } from '../core/errors.ts';
import type { PartitionControl, PendingDay } from './partition-control.ts';

/**
 * Refuses to score events under an activation whose model this process does not have. Days that were closed before may
 * still wait for the model it has, so the message says whether it may be stopped.
 * @throws EngineError ERR_ACTIVATION_NOT_SERVED
 */
export function requireServed(control: PartitionControl, modelHash: string, partition: number): void {
  const { activation, pendingDays } = control;
  if (activation === null || activation.stableModelHash === modelHash) return;
  const own = pendingDays.filter((each) => each.activation.stableModelHash === modelHash).length;
  const model = activation.stableModel;
  const advice =
    own === 0
      ? 'start one with that model'
      : `let it run on until it has swept ${own} closed ${own === 1 ? 'day' : 'days'}, then start one with that model`;
  throw notServed(`Partition ${partition} activates model "${model}", and this process has another one; ${advice}.`, {
    partition,
    model,
  });
}

/**
 * Refuses to apply a closed day under an activation whose model this process does not have: a day belongs to the
 * activation at its own place in the log, whatever is in force when it is swept.
 * @throws EngineError ERR_ACTIVATION_NOT_SERVED
 */
export function requireDayServed({ activation, controlId }: PendingDay, modelHash: string, partition: number): void {
  if (activation.stableModelHash === modelHash) return;
  const model = activation.stableModel;
  throw notServed(
    `Partition ${partition} closed "${controlId}" under model "${model}", and not every customer has that day yet; run a ` +
      'scorer with that model until it says that the days are swept, then start this one again.',
    { partition, model },
  );
}

function notServed(message: string, context: { readonly partition: number; readonly model: string }): EngineError {
  return new EngineError('ERR_ACTIVATION_NOT_SERVED', message, { retryable: false, context });
}

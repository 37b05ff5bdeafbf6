import { EngineError } from '../core/errors.ts';
import type { PartitionControl, PendingDay } from './partition-control.ts';
import { missingOf, type ServedVersions } from './served-versions.ts';

/**
 * Refuses to score events under an activation whose model or segment configuration this process does not have. Days that
 * were closed before may still wait for what it has, so the message says whether it may be stopped.
 * @throws EngineError ERR_ACTIVATION_NOT_SERVED
 */
export function requireServed(control: PartitionControl, served: ServedVersions, partition: number): void {
  const { activation, pendingDays } = control;
  const missing = activation === null ? null : missingOf(activation, served);
  if (activation === null || missing === null) return;
  const own = pendingDays.filter((each) => missingOf(each.activation, served) === null).length;
  const advice =
    own === 0
      ? `start one with that ${missing.what}`
      : `let it run on until it has swept ${own} closed ${own === 1 ? 'day' : 'days'}, then start one with that ${missing.what}`;
  throw notServed(
    `Partition ${partition} activates ${missing.what} "${missing.name}", and this process has another one; ${advice}.`,
    {
      partition,
      model: activation.stableModel,
    },
  );
}

/**
 * Refuses to apply a closed day under an activation whose model or segment configuration this process does not have: a
 * day belongs to the activation at its own place in the log, whatever is in force when it is swept.
 * @throws EngineError ERR_ACTIVATION_NOT_SERVED
 */
export function requireDayServed(
  { activation, controlId }: PendingDay,
  served: ServedVersions,
  partition: number,
): void {
  const missing = missingOf(activation, served);
  if (missing === null) return;
  throw notServed(
    `Partition ${partition} closed "${controlId}" under ${missing.what} "${missing.name}", and not every customer has that day yet; run a ` +
      `scorer with that ${missing.what} until it says that the days are swept, then start this one again.`,
    { partition, model: activation.stableModel },
  );
}

function notServed(message: string, context: { readonly partition: number; readonly model: string }): EngineError {
  return new EngineError('ERR_ACTIVATION_NOT_SERVED', message, { retryable: false, context });
}

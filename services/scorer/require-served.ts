import { EngineError } from '../core/errors.ts';
import type { ActivationContent } from '../core/events/customer-record.ts';

/** Refuses to score under an activation whose model this process does not have. @throws ERR_ACTIVATION_NOT_SERVED */
export function requireServed(activation: ActivationContent, modelHash: string, partition: number): void {
  if (activation.stableModelHash === modelHash) return;
  throw new EngineError(
    'ERR_ACTIVATION_NOT_SERVED',
    `Partition ${partition} activates model "${activation.stableModel}", and this process has another one; start it ` +
      'with that model.',
    { retryable: false, context: { partition, model: activation.stableModel } },
  );
}

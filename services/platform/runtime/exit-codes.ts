import { EngineError } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';

export const exitCodes = { drained: 0, fault: 1, configuration: 78 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Faults that a restart cannot mend: somebody has to change a setting, a file or an address first. */
const configurationCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_CONFIG_INVALID',
  'ERR_INSTALLATION_MISSING',
  'ERR_PLAN_INVALID',
  'ERR_PLAYBOOKS_INVALID',
  'ERR_DELIVERY_INVALID',
  'ERR_SEGMENTS_INVALID',
  'ERR_LOYALTY_INVALID',
  'ERR_KPIS_INVALID',
  'ERR_SERVICE_RULES_INVALID',
  'ERR_PORT_IN_USE',
  'ERR_STORE_POLICY',
  'ERR_MODEL_MISSING',
  'ERR_MODEL_MISMATCH',
  'ERR_MODEL_HELD',
  'ERR_NATIVE_BACKEND',
]);

/** 78 for faults of the configuration, 1 for all others. */
export function exitCodeOf(error: unknown): ExitCode {
  const isConfiguration = error instanceof EngineError && configurationCodes.has(error.code);
  return isConfiguration ? exitCodes.configuration : exitCodes.fault;
}

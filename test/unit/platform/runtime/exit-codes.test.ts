import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import type { ErrorCode } from '../../../../services/core/errors.ts';
import { exitCodeOf } from '../../../../services/platform/runtime/exit-codes.ts';

describe('exitCodeOf', () => {
  it.each<[ErrorCode, number]>([
    ['ERR_CONFIG_INVALID', 78],
    ['ERR_INSTALLATION_MISSING', 78],
    ['ERR_PORT_IN_USE', 78],
    ['ERR_STORE_POLICY', 78],
    ['ERR_MODEL_MISSING', 78],
    ['ERR_MODEL_MISMATCH', 78],
    ['ERR_STACK_UNAVAILABLE', 1],
    ['ERR_LOG_FATAL', 1],
    ['ERR_MODEL_INPUT', 1],
    ['ERR_INTERNAL', 1],
  ])('ends %s with %i', (code, exitCode) => {
    expect(exitCodeOf(new EngineError(code, 'x', { retryable: false }))).toBe(exitCode);
  });

  it('ends anything else that is thrown with 1', () => {
    expect([exitCodeOf(new TypeError('x')), exitCodeOf('x'), exitCodeOf(undefined)]).toEqual([1, 1, 1]);
  });
});

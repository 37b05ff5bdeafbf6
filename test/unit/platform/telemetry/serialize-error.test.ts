import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { serializeError } from '../../../../services/platform/telemetry/serialize-error.ts';

describe('serializeError', () => {
  it('shows code, context and the chain of causes of an engine error', () => {
    const cause = new Error('socket closed');
    const error = new EngineError('ERR_STORE_UNAVAILABLE', 'no Redis', {
      retryable: true,
      context: { command: 'HMGET' },
      cause,
    });
    expect(serializeError(error)).toMatchObject({
      type: 'EngineError',
      code: 'ERR_STORE_UNAVAILABLE',
      retryable: true,
      context: { command: 'HMGET' },
      cause: { type: 'Error', message: 'socket closed' },
    });
  });

  it('leaves out what client libraries hang on their errors', () => {
    const error = Object.assign(new Error('failed'), { command: { name: 'set', args: ['key', 'payload'] } });
    expect(JSON.stringify(serializeError(error))).not.toContain('payload');
  });

  it('takes anything that can be thrown', () => {
    expect(serializeError('redis://u:p@h is down')).toEqual({
      type: 'string',
      message: 'redis://[redacted]@h is down',
    });
    expect(serializeError(undefined)).toEqual({ type: 'undefined', message: 'undefined' });
  });

  it('ends on a chain of causes that runs in a circle', () => {
    const error = new Error('first');
    error.cause = error;
    expect(serializeError(error).message).toBe('first');
  });
});

import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { waitForDependency } from '../../../../services/platform/runtime/start-dependencies.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

function options(timeoutMs: number, signal?: AbortSignal) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'test', level: 'info', destination });
  const address = 'redis://u:pass@h:6379';
  return { lines, given: { timeoutMs, logger, address, variable: 'REDIS_URL', ...(signal && { signal }) } };
}

function failingWith(...messages: string[]): () => Promise<string> {
  return () => {
    const message = messages.shift();
    return message === undefined ? Promise.resolve('there') : Promise.reject(new Error(message));
  };
}

describe('waitForDependency', () => {
  it('gives what the probe gives and says nothing when all is well', async () => {
    const { lines, given } = options(1000);
    expect(await waitForDependency('Redis', failingWith(), given)).toBe('there');
    expect(lines).toEqual([]);
  });

  it('writes one line per reason and one when the dependency has come', async () => {
    const { lines, given } = options(5000);
    await waitForDependency('Redis', failingWith('refused', 'refused', 'loading'), given);
    const entries = lines.map((line) => JSON.parse(line) as { reason?: string; msg: string });
    expect(entries.map(({ msg, reason }) => [msg, reason])).toEqual([
      ['waiting for Redis', 'refused'],
      ['waiting for Redis', 'loading'],
      ['Redis is there now', undefined],
    ]);
    expect(lines.join('')).not.toContain('pass');
  });

  it('gives up after the bound and says which, where, why and what to do', async () => {
    const { given } = options(120);
    await expect(waitForDependency('Redis', () => Promise.reject(new Error('refused')), given)).rejects.toMatchObject({
      code: 'ERR_STACK_UNAVAILABLE',
      context: { dependency: 'Redis', address: 'redis://[redacted]@h:6379' },
      message: expect.stringMatching(/^Redis did not answer at redis:\/\/\[redacted\]@h:6379 within 0\.1 s: refused\..*REDIS_URL/) as string,
    });
  }); // prettier-ignore

  it('does not wait longer than the bound for a probe that never ends', async () => {
    const { given } = options(50);
    await expect(waitForDependency('Kafka', () => new Promise(() => undefined), given)).rejects.toMatchObject({
      code: 'ERR_STACK_UNAVAILABLE',
    });
  });

  it('does not repeat a fault that no waiting mends', async () => {
    const error = new EngineError('ERR_STORE_POLICY', 'evicts', { retryable: false });
    await expect(waitForDependency('Redis', () => Promise.reject(error), options(60_000).given)).rejects.toBe(error);
  });

  it('stops waiting when the service is asked to stop', async () => {
    const stop = new AbortController();
    const probe = () => {
      stop.abort();
      return Promise.reject(new Error('refused'));
    };
    await expect(waitForDependency('Redis', probe, options(60_000, stop.signal).given)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

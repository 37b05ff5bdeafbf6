import { describe, expect, it } from 'vitest';
import { awaitReady } from '../../../../scripts/stack/readiness/await-ready.ts';
import { hideCredentials } from '../../../../scripts/stack/readiness/hide-credentials.ts';

describe('waiting for a part of the stack', () => {
  it('asks until it is answered', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return asked < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    };
    await awaitReady(ask, { what: 'Kafka', timeoutMs: 5_000, intervalMs: 1 });
    expect(asked).toBe(3);
  });

  it('names what did not answer, and its last fault, when the time is up', async () => {
    const ask = () => Promise.reject(new Error('connection refused'));
    const wait = awaitReady(ask, { what: 'Redis at 127.0.0.1:1', timeoutMs: 5, intervalMs: 1 });
    await expect(wait).rejects.toMatchObject({ code: 'ERR_STACK_UNAVAILABLE', retryable: true });
    await expect(wait).rejects.toThrow(/^Redis at 127\.0\.0\.1:1 did not answer within 0 s \(connection refused\)/);
  });

  it('stops at once when the process is gone', async () => {
    const ask = () => Promise.reject(new Error('connection refused'));
    const wait = awaitReady(ask, { what: 'Kafka', timeoutMs: 60_000, giveUp: () => 'kafka ended with exit code 1' });
    await expect(wait).rejects.toThrow('kafka ended with exit code 1');
  });

  it('shows no password in a message', () => {
    expect(hideCredentials('redis://user:secret@store:6379/1')).toBe('redis://store:6379/1');
    expect(hideCredentials('http://registry:8081/a@b')).toBe('http://registry:8081/a@b');
  });
});

import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { ServiceLifecycle } from '../../../../services/platform/runtime/service-lifecycle.ts';
import type { RunningService } from '../../../../services/platform/runtime/service-lifecycle.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../../support/eventually.ts';

function aLifecycle(drainTimeoutMs = 5000) {
  const seen = { exits: [] as number[], printed: '', announced: [] as string[], lines: '' };
  const destination = { write: (line: string) => void (seen.lines += line) };
  const lifecycle = new ServiceLifecycle({
    name: 'scorer',
    logger: createLogger({ name: 'scorer', level: 'info', destination }),
    exit: (code) => void seen.exits.push(code),
    printError: (text) => void (seen.printed += text),
    announce: ({ url }) => void seen.announced.push(url),
    drainTimeoutMs: () => drainTimeoutMs,
  });
  return { lifecycle, seen };
}

function aService(overrides: Partial<RunningService> = {}): RunningService & { calls: string[] } {
  const calls: string[] = [];
  const note = (name: string) => () => Promise.resolve(void calls.push(name));
  return {
    calls,
    url: 'http://127.0.0.1:1',
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    drain: note('drain'),
    stop: note('stop'),
    ...overrides,
  };
}

function report(ready: boolean) {
  return { ready, reasons: [], partitions: [] };
}

describe('ServiceLifecycle', () => {
  it('announces the service once, when it is ready for the first time', async () => {
    const { lifecycle, seen } = aLifecycle();
    let ready = false;
    const starting = lifecycle.start(() => Promise.resolve(aService({ ready: () => report(ready) })));
    await Promise.resolve();
    expect(seen.announced).toEqual([]);
    ready = true;
    await starting;
    expect(seen.announced).toEqual(['http://127.0.0.1:1']);
    expect(seen.exits).toEqual([]);
  });

  it('drains, then stops, then ends with 0 when asked to stop', async () => {
    const { lifecycle, seen } = aLifecycle();
    const service = aService();
    await lifecycle.start(() => Promise.resolve(service));
    lifecycle.requestStop('SIGTERM');
    await eventually(() => expect(seen.exits).toEqual([0]));
    expect(service.calls).toEqual(['drain', 'stop']);
  });

  it('ends with 1 at once when asked a second time', async () => {
    const { lifecycle, seen } = aLifecycle();
    await lifecycle.start(() => Promise.resolve(aService({ drain: () => new Promise(() => undefined) })));
    lifecycle.requestStop('SIGTERM');
    expect(seen.exits).toEqual([]);
    lifecycle.requestStop('SIGTERM');
    expect(seen.exits).toEqual([1]);
  });

  it('ends with 1 when the drain takes longer than its limit', async () => {
    const { lifecycle, seen } = aLifecycle(20);
    await lifecycle.start(() => Promise.resolve(aService({ drain: () => new Promise(() => undefined) })));
    lifecycle.requestStop('SIGTERM');
    await eventually(() => expect(seen.exits).toEqual([1]));
    expect(seen.lines).toContain('the drain took longer than 20 ms');
  });

  it('ends with 1 when the drain fails', async () => {
    const { lifecycle, seen } = aLifecycle();
    await lifecycle.start(() => Promise.resolve(aService({ drain: () => Promise.reject(new Error('no commit')) })));
    lifecycle.requestStop('SIGTERM');
    await eventually(() => expect(seen.exits).toEqual([1]));
  });

  it('ends with 0 when asked to stop while it is starting', () => {
    const { lifecycle, seen } = aLifecycle();
    void lifecycle.start(() => new Promise(() => undefined));
    lifecycle.requestStop('SIGINT');
    expect(seen.exits).toEqual([0]);
  });

  it('prints a fault of the configuration for people, without a stack, and ends with 78', async () => {
    const { lifecycle, seen } = aLifecycle();
    const error = new EngineError('ERR_CONFIG_INVALID', 'two problems:\n- a\n- b', { retryable: false });
    await lifecycle.start(() => Promise.reject(error));
    await eventually(() => expect(seen.exits).toEqual([78]));
    expect(seen.printed).toBe(
      '\ntidewatch scorer cannot start (ERR_CONFIG_INVALID):\n\n  two problems:\n  - a\n  - b\n\n',
    );
    expect(seen.lines).not.toContain('stack');
  });

  it('closes without draining after a fault, and ends with 1', async () => {
    const { lifecycle, seen } = aLifecycle();
    const service = aService();
    await lifecycle.start(() => Promise.resolve(service));
    lifecycle.fail(new EngineError('ERR_LOG_FATAL', 'crashed', { retryable: false }));
    lifecycle.fail(new Error('and again'));
    await eventually(() => expect(seen.exits).toEqual([1]));
    expect(service.calls).toEqual(['stop']);
    expect(seen.lines).toContain('ERR_LOG_FATAL');
  });

  it('ends with 1 when a fault comes while it drains', async () => {
    const { lifecycle, seen } = aLifecycle();
    await lifecycle.start(() => Promise.resolve(aService({ drain: () => new Promise(() => undefined) })));
    lifecycle.requestStop('SIGTERM');
    lifecycle.fail(new Error('bug'));
    await eventually(() => expect(seen.exits).toEqual([1]));
  });
});

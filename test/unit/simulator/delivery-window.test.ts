import { describe, expect, it } from 'vitest';
import { createDeliveryWindow } from '../../../simulator/delivery-window.ts';

function isSettled(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

describe('the delivery window', () => {
  it('lets the sender wait while too much is under way', async () => {
    const window = createDeliveryWindow(2, new AbortController().signal);
    const open: (() => void)[] = [];
    await window.enter('a', (done) => open.push(done));
    const second = window.enter('b', (done) => open.push(done));
    expect(await isSettled(second)).toBe(false);
    open[0]();
    await second;
    expect(open).toHaveLength(2);
  });

  it('holds a second delivery of a message back until the first is answered', async () => {
    const window = createDeliveryWindow(10, new AbortController().signal);
    const started: string[] = [];
    let finishFirst = (): void => undefined;
    await window.enter('a', (done) => {
      started.push('first');
      finishFirst = done;
    });
    await window.enter('a', (done) => {
      started.push('second');
      done();
    });
    expect(started).toEqual(['first']);
    finishFirst();
    expect(started).toEqual(['first', 'second']);
    await window.empty();
  });

  it('stops waiting when told to', async () => {
    const stop = new AbortController();
    const window = createDeliveryWindow(1, stop.signal);
    const entered = window.enter('a', () => undefined);
    const empty = window.empty();
    stop.abort();
    await Promise.all([entered, empty]);
  });
});

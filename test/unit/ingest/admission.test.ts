import { describe, expect, it } from 'vitest';
import { createAdmissionDesk } from '../../../services/ingest/admission.ts';

const limits = { requestsInFlight: 2, bytesInFlight: 100 };

describe('the admission desk', () => {
  it('turns down what is beyond the number of requests, until one is done', () => {
    const desk = createAdmissionDesk(limits);
    const first = desk.admit(10);
    desk.admit(10);
    expect(desk.admit(10)).toBeNull();
    first?.release();
    expect(desk.admit(10)).not.toBeNull();
    expect(desk).toMatchObject({ requestsInFlight: 2, bytesInFlight: 20 });
  });

  it('turns down what is beyond the bytes', () => {
    const desk = createAdmissionDesk(limits);
    desk.admit(60);
    expect(desk.admit(41)).toBeNull();
    expect(desk.admit(40)).not.toBeNull();
  });

  it('takes one request of any size when nothing else is there', () => {
    expect(createAdmissionDesk(limits).admit(1_000)).not.toBeNull();
  });

  it('counts what a request really has', () => {
    const desk = createAdmissionDesk(limits);
    const first = desk.admit(10);
    desk.admit(10);
    expect(first?.resize(91)).toBe(false);
    expect(first?.resize(90)).toBe(true);
    expect(desk.bytesInFlight).toBe(100);
    first?.release();
    expect(desk.bytesInFlight).toBe(10);
  });

  it('holds the share until the work is done, however it ends, and gives it back once', async () => {
    const seen: number[] = [];
    const desk = createAdmissionDesk(limits, (requests) => seen.push(requests));
    const admission = desk.admit(10);
    const work = Promise.withResolvers<undefined>();
    admission?.holdUntil(work.promise);
    admission?.release();
    admission?.release();
    expect(desk.requestsInFlight).toBe(1);
    work.reject(new Error('failed'));
    await work.promise.catch(() => undefined);
    await Promise.resolve();
    expect(desk).toMatchObject({ requestsInFlight: 0, bytesInFlight: 0 });
    expect(seen).toEqual([1, 0]);
  });
});

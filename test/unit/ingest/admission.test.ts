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

  it('leaves half of everything to those who showed a key', () => {
    const desk = createAdmissionDesk({ requestsInFlight: 4, bytesInFlight: 100 });
    const strangers = [desk.admit(0, 'stranger'), desk.admit(0, 'stranger')];
    expect(desk.admit(0, 'stranger')).toBeNull();
    expect(strangers[0]?.resize(30)).toBe(true);
    expect(strangers[1]?.resize(21)).toBe(false);
    expect(desk.admit(70)).not.toBeNull();
    strangers[0]?.release();
    strangers[0]?.release();
    expect(strangers[1]?.resize(30)).toBe(true);
    expect(desk.admit(0, 'stranger')).not.toBeNull();
    expect(desk).toMatchObject({ requestsInFlight: 3, bytesInFlight: 100 });
  });

  it('takes a stranger for one of its own as soon as the body showed a key', () => {
    const desk = createAdmissionDesk({ requestsInFlight: 4, bytesInFlight: 100 });
    const [first] = [desk.admit(40, 'stranger'), desk.admit(0, 'stranger')];
    first?.vouch();
    first?.vouch();
    expect(desk.admit(50, 'stranger')).not.toBeNull();
    first?.release();
    expect(desk.admit(0, 'stranger')).toBeNull();
    expect(desk).toMatchObject({ requestsInFlight: 2, bytesInFlight: 50 });
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

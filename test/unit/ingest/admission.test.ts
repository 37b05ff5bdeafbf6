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

  it('leaves three quarters of everything to those who showed a key', () => {
    const desk = createAdmissionDesk({ requestsInFlight: 8, bytesInFlight: 200 });
    const strangers = [desk.admit(0, 'a'), desk.admit(0, 'b')];
    expect(desk.admit(0, 'c')).toBeNull();
    expect(strangers[0]?.resize(30)).toBe(true);
    expect(strangers[1]?.resize(21)).toBe(false);
    expect(desk.admit(170)).not.toBeNull();
    strangers[0]?.release();
    strangers[0]?.release();
    expect(strangers[1]?.resize(30)).toBe(true);
    expect(desk.admit(0, 'c')).not.toBeNull();
    expect(desk).toMatchObject({ requestsInFlight: 3, bytesInFlight: 200 });
  });

  it('leaves half of what strangers may have to those of other addresses', () => {
    const desk = createAdmissionDesk({ requestsInFlight: 16, bytesInFlight: 800 });
    const [first, second] = [desk.admit(0, 'a'), desk.admit(0, 'a')];
    expect(desk.admit(0, 'a')).toBeNull();
    expect(first?.resize(60)).toBe(true);
    expect(second?.resize(41)).toBe(false);
    const others = [desk.admit(0, 'b'), desk.admit(0, 'c')];
    expect(others).not.toContain(null);
    expect(desk.admit(0, 'd')).toBeNull();
    expect(others[0]?.resize(60)).toBe(true);
    first?.vouch();
    expect(desk.admit(0, 'a')).not.toBeNull();
    expect(second?.resize(100)).toBe(true);
  });

  it('gives an address its share back whole, also after many other addresses came', () => {
    const desk = createAdmissionDesk({ requestsInFlight: 16, bytesInFlight: 800 });
    const held = desk.admit(10, 'held');
    for (let index = 0; index < 5_000; index++) desk.admit(0, `address ${index}`)?.release();
    desk.admit(0, 'held');
    expect(desk.admit(0, 'held')).toBeNull();
    held?.release();
    expect(desk.admit(0, 'held')).not.toBeNull();
    expect(desk).toMatchObject({ requestsInFlight: 2, bytesInFlight: 0 });
  });

  it('takes a stranger for one of its own as soon as the body showed a key', () => {
    const desk = createAdmissionDesk({ requestsInFlight: 16, bytesInFlight: 800 });
    const [first] = [desk.admit(40, 'a'), desk.admit(0, 'a')];
    first?.vouch();
    first?.vouch();
    expect(desk.admit(100, 'a')).not.toBeNull();
    first?.release();
    expect(desk.admit(0, 'a')).toBeNull();
    expect(desk).toMatchObject({ requestsInFlight: 2, bytesInFlight: 100 });
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

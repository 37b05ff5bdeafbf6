import { describe, expect, it } from 'vitest';
import type { QualityDay, QualityStore } from '../../../../services/core/ports/quality-store.ts';
import type { EventQuality } from '../../../../services/core/quality/quality-mark.ts';
import { createQualityBook } from '../../../../services/ingest/quality/quality-book.ts';
import { aSender, receivedAt } from '../ingest-fixtures.ts';

const good: EventQuality = {
  type: 'login',
  marks: [{ dimension: 'accuracy', field: '(event)', isGood: true }],
  rules: ['trim/1'],
  surplus: 2,
};

function createStore() {
  const added = new Map<string, number>();
  const failing = { next: 0 };
  const store: QualityStore = {
    add({ source, day }: QualityDay, counts) {
      if (failing.next-- > 0) return Promise.reject(new Error('away'));
      for (const [name, count] of counts) {
        const key = `${source} ${day} ${name}`;
        added.set(key, (added.get(key) ?? 0) + count);
      }
      return Promise.resolve();
    },
    read: () => Promise.resolve(new Map()),
    sources: () => Promise.resolve([]),
  };
  return { added, failing, store };
}

describe('the quality book', () => {
  it('adds up per source and business day, and writes each count once', async () => {
    const { added, store } = createStore();
    const book = createQualityBook(store);
    const sender = aSender();
    book.note(sender, receivedAt, [good, good]);
    // 23:30 UTC in May is the next day in London.
    book.note(sender, Date.UTC(2026, 4, 2, 23, 30), [good]);
    await book.flush();
    await book.flush();
    const day = sender.tenant.calendar.dayOf(receivedAt);
    expect(Object.fromEntries(added)).toEqual({
      [`shop ${day} good|accuracy|login|(event)`]: 2,
      [`shop ${day} rule|trim/1`]: 2,
      [`shop ${day} surplus`]: 4,
      [`shop ${day + 1} good|accuracy|login|(event)`]: 1,
      [`shop ${day + 1} rule|trim/1`]: 1,
      [`shop ${day + 1} surplus`]: 2,
    });
  });

  it('keeps what could not be written for the next time', async () => {
    const { added, failing, store } = createStore();
    const book = createQualityBook(store);
    book.note(aSender(), receivedAt, [good]);
    book.note({ ...aSender(), source: 'pos' }, receivedAt, [good]);
    failing.next = 2;
    await expect(book.flush()).rejects.toThrow('away');
    book.note(aSender(), receivedAt, [good]);
    await expect(book.flush()).rejects.toThrow('away');
    expect(added.size).toBe(0);
    await book.flush();
    const day = aSender().tenant.calendar.dayOf(receivedAt);
    expect([added.get(`shop ${day} surplus`), added.get(`pos ${day} surplus`)]).toEqual([4, 2]);
  });
});

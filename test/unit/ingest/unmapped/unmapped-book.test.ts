import { describe, expect, it } from 'vitest';
import type { UnmappedName } from '../../../../services/core/plan/unmapped-name.ts';
import type { UnmappedStore } from '../../../../services/core/ports/unmapped-store.ts';
import { createUnmappedBook } from '../../../../services/ingest/unmapped/unmapped-book.ts';

function createStore() {
  const added: [string, readonly UnmappedName[]][] = [];
  const failing = { next: 0 };
  const store: UnmappedStore = {
    add(tenant, names) {
      if (failing.next-- > 0) return Promise.reject(new Error('away'));
      added.push([tenant, names]);
      return Promise.resolve();
    },
    read: () => Promise.resolve([]),
  };
  return { added, failing, store };
}

describe('the book of unmapped names', () => {
  it('counts per tenant and source, and writes each sighting once', async () => {
    const { added, store } = createStore();
    const book = createUnmappedBook(store);
    book.note('acme', 'web', ['a', 'b', 'b'], 1);
    book.note('acme', 'pos', ['b'], 2);
    book.note('acme', 'web', ['b'], 3);
    book.note('other', 'web', ['c'], 4);
    await book.flush();
    await book.flush();
    expect(added).toEqual([
      [
        'acme',
        [
          { source: 'web', name: 'a', count: 1, firstSeen: 1, lastSeen: 1 },
          { source: 'pos', name: 'b', count: 1, firstSeen: 2, lastSeen: 2 },
          { source: 'web', name: 'b', count: 3, firstSeen: 1, lastSeen: 3 },
        ],
      ],
      ['other', [{ source: 'web', name: 'c', count: 1, firstSeen: 4, lastSeen: 4 }]],
    ]);
  });

  it('keeps what could not be written for the next time', async () => {
    const { added, failing, store } = createStore();
    const book = createUnmappedBook(store);
    book.note('acme', 'web', ['a'], 1);
    book.note('other', 'web', ['c'], 2);
    failing.next = 1;
    await expect(book.flush()).rejects.toThrow('away');
    book.note('acme', 'web', ['a'], 3);
    await book.flush();
    expect(added).toEqual([
      ['acme', [{ source: 'web', name: 'a', count: 2, firstSeen: 1, lastSeen: 3 }]],
      ['other', [{ source: 'web', name: 'c', count: 1, firstSeen: 2, lastSeen: 2 }]],
    ]);
  });

  it('is bounded: the name not seen for longest makes room', async () => {
    const { added, store } = createStore();
    const book = createUnmappedBook(store, 2);
    book.note('acme', 'web', ['steady', 'x', 'steady', 'y'], 1);
    await book.flush();
    expect(added[0][1].map(({ name }) => name)).toEqual(['steady', 'y']);
  });
});

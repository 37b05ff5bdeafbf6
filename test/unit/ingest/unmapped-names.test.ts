import { describe, expect, it } from 'vitest';
import { createUnmappedNames } from '../../../services/ingest/unmapped-names.ts';

describe('unmapped names', () => {
  it('are counted per tenant and source, the most frequent first', () => {
    const names = createUnmappedNames();
    names.note('acme', 'web', ['a', 'b', 'b'], 1);
    names.note('acme', 'pos', ['b'], 2);
    names.note('acme', 'web', ['b'], 3);
    names.note('other', 'web', ['c'], 4);
    expect(names.of('acme')).toEqual([
      { source: 'web', name: 'b', count: 3, firstSeen: 1, lastSeen: 3 },
      { source: 'web', name: 'a', count: 1, firstSeen: 1, lastSeen: 1 },
      { source: 'pos', name: 'b', count: 1, firstSeen: 2, lastSeen: 2 },
    ]);
    expect(names.of('nobody')).toEqual([]);
  });

  it('are bounded: the one not seen for longest makes room', () => {
    const names = createUnmappedNames(2);
    names.note('acme', 'web', ['steady', 'x', 'steady', 'y'], 1);
    expect(names.of('acme').map(({ name }) => name)).toEqual(['steady', 'y']);
  });
});

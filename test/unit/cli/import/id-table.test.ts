import { describe, expect, it } from 'vitest';
import { IdTable } from '../../../../cli/import/id-table.ts';

describe('a table of event ids', () => {
  it('knows each id with its kind and amount, and which were found before', () => {
    const count = 20_000;
    const table = new IdTable(count);
    for (let i = 0; i < count; i += 1) expect(table.add(`import:${i}`, i % 3, -i * 1e9)).toBe(true);
    expect(table.size).toBe(count);
    for (const isFirst of [true, false]) {
      for (let i = 0; i < count; i += 1) {
        const known = table.find(`import:${i}`);
        if (known?.kind !== i % 3 || known.amount !== -i * 1e9 || known.isFirst !== isFirst) expect(known).toBe(i);
      }
    }
    for (let i = count; i < 2 * count; i += 1) if (table.find(`import:${i}`) !== null) expect(i).toBe('unknown');
  });

  it('keeps the first of two with one id', () => {
    const table = new IdTable(2);
    expect(table.add('a', 1, 5)).toBe(true);
    expect(table.add('a', 2, 6)).toBe(false);
    expect(table.size).toBe(1);
    expect(table.find('a')).toEqual({ kind: 1, amount: 5, isFirst: true });
  });

  it('has room for one id where none was announced', () => {
    const table = new IdTable(0);
    expect(table.find('a')).toBeNull();
    expect(table.add('a', 0, 0)).toBe(true);
  });
});

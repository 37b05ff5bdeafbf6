import { describe, expect, it } from 'vitest';
import { fitContextColumns } from '../../../../models/policy/context-columns.ts';
import { contextWidth, encodeContext } from '../../../../services/core/actions/encode-context.ts';

const rows = Array.from({ length: 200 }, (_, i) => i);
const context = rows.map((i) => [String(i % 4), i % 2 === 0 ? 'web' : 'shop', i === 0 ? 'rare' : '', String(i % 2)]);
const columns = fitContextColumns(['visits', 'channel', 'note', 'flag'], context, rows);

describe('context columns', () => {
  it('are numbers where all cells are, categories elsewhere, also for 0 and 1', () => {
    expect(columns).toEqual([
      { kind: 'number', name: 'visits', mean: 1.5, sd: Math.sqrt(1.25) },
      { kind: 'category', name: 'channel', values: ['shop', 'web'] },
      { kind: 'category', name: 'note', values: [] },
      { kind: 'category', name: 'flag', values: ['0', '1'] },
    ]);
    expect(contextWidth(columns)).toBe(3 + 2 + 0 + 2);
  });

  it('encode what is missing and what was never seen without a fault', () => {
    expect(encodeContext(columns, ['', 'phone', 'x', ''])).toEqual([0, 0, 1, 0, 0, 0, 0]);
    const [score, above, missing] = encodeContext(columns, ['1e9', 'web', '', '1']);
    expect([score, above, missing]).toEqual([4, 4, 0]);
    expect(encodeContext(columns, ['-1e9', 'web', '', '1']).slice(0, 3)).toEqual([-4, 0, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { hasMoved, scoreStep } from '../../../../services/core/scoring/has-moved.ts';

describe('whether a risk has moved', () => {
  const last = { level: 'watch', churn90: 0.4 } as const;

  it('is true where nothing was published before', () => {
    expect(hasMoved(null, last)).toBe(true);
  });

  it('is true by another level, or by more than a step either way', () => {
    expect(hasMoved(last, { level: 'high', churn90: 0.4 })).toBe(true);
    expect(hasMoved(last, { level: 'watch', churn90: 0.4 + scoreStep * 1.01 })).toBe(true);
    expect(hasMoved(last, { level: 'watch', churn90: 0.4 - scoreStep * 1.01 })).toBe(true);
  });

  it('is false within a step on the same level', () => {
    expect(hasMoved(last, { level: 'watch', churn90: 0.4 + scoreStep * 0.99 })).toBe(false);
  });
});

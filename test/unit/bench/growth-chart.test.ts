import { describe, expect, it } from 'vitest';
import { growthChart } from '../../bench/scorer/growth/growth-chart.ts';

const steps = [
  { customers: 10_000, redisBytesPerCustomer: 600, eventsPerSecond: 40_000, firstScoreAfterKillMs: 12_000 },
  { customers: 100_000, redisBytesPerCustomer: 600, eventsPerSecond: 20_000, firstScoreAfterKillMs: 12_400 },
  { customers: 1_000_000, redisBytesPerCustomer: 610, eventsPerSecond: 10_000, firstScoreAfterKillMs: 13_000 },
];

describe('the growth chart', () => {
  const svg = growthChart(steps);
  const heights = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);

  it('shows every figure with its value and its number of customers', () => {
    for (const label of ['600', '610', '40,000', '20,000', '12.4', '13.0', '10k', '100k', '1M']) {
      expect(svg).toContain(`>${label}</text>`);
    }
    expect(heights).toHaveLength(9);
  });

  it('draws values from zero, so that half as much stands half as high', () => {
    const floor = Number(/<line x1="[\d.]+" y1="([\d.]+)"/.exec(svg)?.[1]);
    const [first, second, third] = heights.slice(3, 6).map(([, y]) => floor - y);
    expect(second / first).toBeCloseTo(0.5, 2);
    expect(third / first).toBeCloseTo(0.25, 2);
  });

  it('puts equal factors of customers at equal distances', () => {
    const [a, b, c] = heights.slice(0, 3).map(([x]) => x);
    expect(b - a).toBeCloseTo(c - b, 5);
  });

  it('is drawn from a single step too', () => {
    expect(growthChart(steps.slice(0, 1))).not.toContain('NaN');
  });
});

import { describe, expect, it } from 'vitest';
import { parseScorerBenchOptions } from '../../bench/scorer/scorer-bench-options.ts';

describe('the flags of the scorer bench', () => {
  it('are, when absent, what the figures are asked for with', () => {
    const options = parseScorerBenchOptions([]);
    expect(options.parts).toEqual(['throughput', 'latency', 'safety']);
    expect(options).toMatchObject({ events: 300_000, customers: 50_000, partitions: 12, rounds: 3, pairs: 10 });
    expect(options).toMatchObject({ soakMinutes: 30, soakRate: null, sizes: [10_000, 100_000, 1_000_000] });
  });

  it('choose parts, in the order they are run', () => {
    const options = parseScorerBenchOptions(['--part', 'growth', '--part=throughput', '--events', '1000']);
    expect(options.parts).toEqual(['throughput', 'growth']);
    expect(options.events).toBe(1000);
  });

  it('are refused by name when they are not valid', () => {
    expect(() => parseScorerBenchOptions(['--part', 'speed'])).toThrow(/--part.*"speed"/);
    expect(() => parseScorerBenchOptions(['--events', 'many'])).toThrow(/--events.*"many"/);
    expect(() => parseScorerBenchOptions(['--sizes', '10,0'])).toThrow(/--sizes/);
    expect(() => parseScorerBenchOptions(['--colour', 'red'])).toThrow(/colour/);
  });
});

import { describe, expect, it } from 'vitest';
import { committedRate, parseCommitted } from '../../../bench/peers/committed-outputs.ts';

describe('the output of a peer', () => {
  it('is read line by line', () => {
    expect(parseCommitted('committed 2048 1723.456')).toEqual({ total: 2048, atMs: 1723.456 });
    expect(parseCommitted('committed 2048 1.2865315937E7')).toEqual({ total: 2048, atMs: 12_865_315.937 });
    expect(parseCommitted('committed 7 12\r')).toEqual({ total: 7, atMs: 12 });
  });

  it.each(['state RUNNING', 'committed', 'committed 1', 'committed -1 5', 'not committed 1 5', 'committed 1 5 ms', ''])(
    'may say something else: "%s"',
    (line) => {
      expect(parseCommitted(line)).toBeNull();
    },
  );
});

describe('the rate of a peer', () => {
  const commits = [
    { total: 100, atMs: 5_000 },
    { total: 500, atMs: 7_000 },
    { total: 900, atMs: 8_000 },
    { total: 1_000, atMs: 8_500 },
    { total: 1_001, atMs: 60_000 },
  ];

  it('spans the first commit to the one that completes the records, without the outputs of the first', () => {
    const { seconds, rate } = committedRate(commits, 1_000);
    expect(seconds).toBe(3.5);
    expect(rate).toBeCloseTo(900 / 3.5, 9);
  });

  it('is given for the second half of the records too', () => {
    expect(committedRate(commits, 1_000).warmRate).toBeCloseTo(500 / 1.5, 9);
    expect(committedRate(commits.slice(2), 1_000).warmRate).toBeCloseTo(100 / 0.5, 9);
  });

  it('is refused while outputs are missing', () => {
    expect(() => committedRate(commits.slice(0, 2), 1_000)).toThrow('500 of 1000 outputs');
    expect(() => committedRate([], 1_000)).toThrow('0 of 1000 outputs');
  });

  it('is refused when one commit holds everything', () => {
    expect(() => committedRate([{ total: 1_000, atMs: 1 }], 1_000)).toThrow('first commit');
  });
});

import { describe, expect, it } from 'vitest';
import { sendLimits, splitRecords } from '../../../../services/platform/kafka/split-records.ts';

describe('splitting records', () => {
  it('cuts a fetched megabyte of small records into sends that the broker takes', () => {
    const parts = splitRecords(new Array<number>(15_000).fill(70), (size) => size);
    expect(parts).toHaveLength(30);
    expect(Math.max(...parts.map((part) => part.length))).toBe(sendLimits.maxRecords);
  });

  it('cuts large records by their bytes', () => {
    const parts = splitRecords(new Array<number>(4).fill(300 * 1024), (size) => size);
    expect(parts.map((part) => part.length)).toEqual([1, 1, 1, 1]);
  });

  it('makes no part of nothing', () => {
    expect(splitRecords([], () => 1)).toEqual([]);
  });
});

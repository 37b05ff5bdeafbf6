import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../../services/core/features/byte-writer.ts';

describe('a byte writer', () => {
  it('leaves what it has given as it was, whatever is written later', () => {
    const writer = new ByteWriter(16);
    const given = Array.from({ length: 30 }, (_, i) => {
      for (let n = 0; n <= i; n++) writer.byte(i);
      return writer.finish();
    });
    given.forEach((bytes, i) => expect([...bytes]).toEqual(new Array(i + 1).fill(i)));
  });

  it('forgets an unfinished value at a restart, and only that', () => {
    const writer = new ByteWriter(16);
    writer.byte(1);
    const first = writer.finish();
    for (let i = 0; i < 40; i++) writer.byte(9);
    writer.restart();
    writer.byte(2);
    expect([[...first], [...writer.finish()]]).toEqual([[1], [2]]);
  });
});

import { describe, expect, it } from 'vitest';
import { createByteBlocks } from '../../../../services/platform/avro/byte-blocks.ts';

describe('byte blocks', () => {
  it('hand out pieces that no later piece writes to', () => {
    const blocks = createByteBlocks(64);
    const pieces = Array.from({ length: 40 }, (_, i) => {
      const source = Buffer.alloc(80, i);
      if (i % 2 === 0) return blocks.copyOf(source, (i % 30) + 1);
      const { block, at } = blocks.reserve(70);
      block.fill(0xff, at);
      block.fill(i, at, at + 7);
      return blocks.take(7);
    });
    pieces.forEach((piece, i) => {
      expect(piece.length).toBe(i % 2 === 0 ? (i % 30) + 1 : 7);
      expect(piece.every((byte) => byte === i)).toBe(true);
    });
  });

  it('give what would fill much of a block memory of its own', () => {
    const blocks = createByteBlocks(64);
    expect(blocks.copyOf(Buffer.alloc(16, 1), 16).buffer.byteLength).toBe(64);
    expect(blocks.copyOf(Buffer.alloc(17, 1), 17).buffer.byteLength).toBe(17);
  });
});

/** Memory handed out piece by piece; a piece is never written again, and keeps its block alive. */
export interface ByteBlocks {
  /** The place where at least `bytes` bytes are free; what is written there is kept by `take` only. */
  reserve(bytes: number): { readonly block: Buffer; readonly at: number };
  /** Hands out the first `bytes` bytes of the place reserved last. */
  take(bytes: number): Buffer;
  /** Hands out a copy of the first `bytes` bytes of `source`. */
  copyOf(source: Buffer, bytes: number): Buffer;
}

/**
 * Blocks of `blockBytes` each. A buffer of its own for each small value costs several times as much as writing it.
 */
export function createByteBlocks(blockBytes: number): ByteBlocks {
  let block = Buffer.allocUnsafeSlow(blockBytes);
  let at = 0;

  function reserve(bytes: number): { readonly block: Buffer; readonly at: number } {
    if (at + bytes > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(bytes, blockBytes));
      at = 0;
    }
    return { block, at };
  }

  function take(bytes: number): Buffer {
    const taken = block.subarray(at, at + bytes);
    at += bytes;
    return taken;
  }

  return {
    reserve,
    take,
    copyOf(source, bytes) {
      // What fills a good part of a block would leave much of the one before unused.
      if (bytes * 4 > blockBytes) return Buffer.from(new Uint8Array(source.subarray(0, bytes)).buffer);
      reserve(bytes);
      source.copy(block, at, 0, bytes);
      return take(bytes);
    },
  };
}

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nodeInflate } from '../../../../services/ingest/body/inflate.ts';
import { readBody } from '../../../../services/ingest/body/read-body.ts';

const text = '{"batch":[],"name":"Zoë 客户"}';

describe('readBody', () => {
  it.each([
    ['plain', undefined, Buffer.from(text)],
    ['identity', 'identity', Buffer.from(text)],
    ['gzip', 'gzip', gzipSync(text)],
    ['gzip in capitals', 'GZIP', gzipSync(text)],
    ['gzip without the header', undefined, gzipSync(text)],
    ['deflate', 'deflate', deflateSync(text)],
    ['brotli', 'br', brotliCompressSync(text)],
    ['a byte order mark', undefined, Buffer.from(`\uFEFF${text}`)],
  ])('reads %s', async (_what, encoding, bytes) => {
    expect(await readBody(bytes, encoding, nodeInflate)).toBe(text);
  });

  it.each([
    ['bytes that are not UTF-8', undefined, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'ERR_ENCODING_INVALID'],
    ['Latin-1', undefined, Buffer.from('{"a":"é"}', 'latin1'), 'ERR_ENCODING_INVALID'],
    ['gzip that is none', 'gzip', Buffer.from(text), 'ERR_ENCODING_INVALID'],
    ['gzip cut off', 'gzip', gzipSync(text).subarray(0, 20), 'ERR_ENCODING_INVALID'],
    ['an unknown encoding', 'zstd', Buffer.from(text), 'ERR_ENCODING_INVALID'],
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024)), 'ERR_BODY_TOO_LARGE'],
    ['a brotli bomb', 'br', brotliCompressSync(Buffer.alloc(16 * 1024 * 1024)), 'ERR_BODY_TOO_LARGE'],
  ])('refuses %s', async (_what, encoding, bytes, code) => {
    await expect(readBody(bytes, encoding, nodeInflate)).rejects.toMatchObject({ code, retryable: false });
  });
});

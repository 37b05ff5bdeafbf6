/** Cryptographic digests as functions of their arguments; the platform supplies the implementation. */
export interface Digest {
  /** SHA-256 of the UTF-8 text, as lower-case hex. */
  sha256Hex(text: string): string;
  /** SHA-256 of bytes, as lower-case hex. */
  sha256HexOfBytes(bytes: Uint8Array): string;
  /** HMAC-SHA256 of the UTF-8 text under a key, as lower-case hex. */
  hmacHex(key: Buffer, text: string): string;
}

/** Seals and opens personal fields (AES-256-GCM). The associated data binds a field to its tenant, customer and name. */
export interface Sealer {
  readonly keyId: string;
  /** @returns 12 bytes nonce, ciphertext, 16 bytes tag */
  seal(plain: Buffer, associatedData: string): Buffer;
  /** Throws EngineError ERR_RECORD_DECODE when key, bytes or associated data do not fit together. */
  open(sealed: Buffer, associatedData: string): Buffer;
}

import { timingSafeEqual } from 'node:crypto';
import { keyedDigest } from './keyed-digest.ts';

const digits = 32;

/** Texts that come back through hands that must not change them: the text and a keyed digest of it, safe in a URL. */
export interface SignedTokens {
  sign(text: string): string;
  /** Null for a token that was not signed with this key. */
  read(token: string): string | null;
}

/** @param key used for these tokens only */
export function createSignedTokens(key: Buffer): SignedTokens {
  const digest = keyedDigest(key);
  return {
    sign(text) {
      return `${Buffer.from(text, 'utf8').toString('base64url')}.${digest(text).slice(0, digits)}`;
    },
    read(token) {
      const [body = '', mark = '', ...rest] = token.split('.');
      if (rest.length > 0 || mark.length !== digits) return null;
      const bytes = Buffer.from(body, 'base64url');
      const text = bytes.toString('utf8');
      // One spelling per token: base64 with other bits at its end would be another one for the same text.
      if (Buffer.from(text, 'utf8').toString('base64url') !== body) return null;
      const right = Buffer.from(digest(text).slice(0, digits), 'latin1');
      const given = Buffer.from(mark, 'latin1');
      return given.length === right.length && timingSafeEqual(given, right) ? text : null;
    },
  };
}

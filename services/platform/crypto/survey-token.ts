import { timingSafeEqual } from 'node:crypto';
import type { SurveyTokens } from '../../core/ports/survey-tokens.ts';
import { keyedDigest } from './keyed-digest.ts';

const form = /^([A-Za-z0-9_-]{20,700})\.([A-Za-z0-9_-]{43})$/;

/**
 * `base64url(JSON of the claims).base64url(HMAC-SHA256)`.
 * @param secret 32 bytes, used for nothing else
 */
export function createSurveyTokens(secret: Buffer): SurveyTokens {
  const digest = keyedDigest(secret);
  const sign = (body: string): Buffer => Buffer.from(digest(`survey:${body}`), 'hex');
  return {
    issue({ tenant, surrogate, askId, survey, expiresAt }) {
      const body = Buffer.from(JSON.stringify([tenant, surrogate, askId, survey, expiresAt])).toString('base64url');
      return `${body}.${sign(body).toString('base64url')}`;
    },
    read(token) {
      const [, body, signature] = form.exec(token) ?? [];
      if (body === undefined || signature === undefined) return null;
      if (!timingSafeEqual(sign(body), Buffer.from(signature, 'base64url'))) return null;
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
        string,
        string,
        string,
        string,
        number,
      ];
      const [tenant, surrogate, askId, survey, expiresAt] = claims;
      return { tenant, surrogate, askId, survey, expiresAt };
    },
  };
}

import { decodeProtectedHeader, errors, importSPKI, jwtVerify } from 'jose';
import type { DurationMs } from '../../core/units.ts';

/** An assertion may live so long; Segment's SDK makes them for a minute. */
const longestLifeSeconds = 300;
const clockToleranceSeconds = 60;
const longestId = 256;

export interface ClientAssertion {
  readonly client: string;
  /** Names this one assertion of the client. */
  readonly id: string;
  /** From the making of an assertion on, it may be believed no longer than this. */
  readonly lifeMs: DurationMs;
}

export interface AssertionRules {
  /** PEM of a client; null when it is not known. */
  readonly publicKeyOf: (id: string) => string | null;
  /** Addresses by which clients know this service, without a slash at the end. */
  readonly audiences: readonly string[];
}

/**
 * Reads what an OAuth client signed with its private key (RFC 7523): RS256, `kid` names the client, `iss` and `sub` are
 * the client, `aud` is one of our addresses or its `/token`, `exp` and `iat` within minutes, `jti` there. Whether the
 * same assertion came before is for the caller to know.
 * @returns null when the assertion is not to be believed
 */
export async function readClientAssertion(
  assertion: string,
  { publicKeyOf, audiences }: AssertionRules,
): Promise<ClientAssertion | null> {
  try {
    const { kid } = decodeProtectedHeader(assertion);
    const pem = typeof kid === 'string' ? publicKeyOf(kid) : null;
    if (pem === null || kid === undefined) return null;
    const { payload } = await jwtVerify(assertion, await importSPKI(pem, 'RS256'), {
      algorithms: ['RS256'],
      issuer: kid,
      subject: kid,
      audience: audiences.flatMap((each) => [each, `${each}/`, `${each}/token`]),
      maxTokenAge: longestLifeSeconds,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'iat', 'jti'],
    });
    const { exp = Infinity, iat = 0, jti } = payload;
    if (exp - iat > longestLifeSeconds || typeof jti !== 'string' || jti === '' || jti.length > longestId) return null;
    return { client: kid, id: jti, lifeMs: (longestLifeSeconds + 2 * clockToleranceSeconds) * 1000 };
  } catch (error) {
    // What cannot be decoded at all is a TypeError there.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

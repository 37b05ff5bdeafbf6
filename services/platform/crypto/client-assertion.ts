import { decodeProtectedHeader, errors, importSPKI, jwtVerify } from 'jose';

/** An assertion may live so long; Segment's SDK makes them for a minute. */
const longestLifeSeconds = 300;
const clockToleranceSeconds = 60;

/**
 * Reads what an OAuth client signed with its private key (RFC 7523): RS256, `kid` names the client, `iss` and `sub` are
 * the client, `exp` and `iat` within minutes. The audience is not looked at: behind a proxy we do not know our address.
 * @param publicKeyOf PEM of a client; null when it is not known
 * @returns the client; null when the assertion is not to be believed
 */
export async function readClientAssertion(
  assertion: string,
  publicKeyOf: (id: string) => string | null,
): Promise<string | null> {
  try {
    const { kid } = decodeProtectedHeader(assertion);
    const pem = typeof kid === 'string' ? publicKeyOf(kid) : null;
    if (pem === null || kid === undefined) return null;
    const { payload } = await jwtVerify(assertion, await importSPKI(pem, 'RS256'), {
      algorithms: ['RS256'],
      issuer: kid,
      subject: kid,
      maxTokenAge: longestLifeSeconds,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'iat'],
    });
    const { exp = Infinity, iat = 0 } = payload;
    return exp - iat > longestLifeSeconds ? null : kid;
  } catch (error) {
    // What cannot be decoded at all is a TypeError there.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

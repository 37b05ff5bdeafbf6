import { SignJWT, errors, jwtVerify } from 'jose';

/** Tokens that this installation gives out and takes back. */
export interface AccessTokens {
  issue(keyId: string, seconds: number): Promise<string>;
  /** Id of the key that the token stands for; null when it is none of ours or has ended. */
  read(token: string): Promise<string | null>;
}

const issuer = 'tidewatch';
const audience = 'tracking_api';
const algorithm = 'HS256';

/** @param secret 32 bytes, used for nothing else */
export function createAccessTokens(secret: Buffer): AccessTokens {
  return {
    issue: (keyId, seconds) =>
      new SignJWT({})
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(keyId)
        .setIssuedAt()
        .setExpirationTime(`${seconds} s`)
        .sign(secret),
    async read(token) {
      const checks = { issuer, audience, algorithms: [algorithm], requiredClaims: ['exp', 'sub'] };
      try {
        return (await jwtVerify(token, secret, checks)).payload.sub ?? null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

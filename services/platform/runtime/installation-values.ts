import { z } from 'zod';
import { channels } from '../../core/events/channels.ts';
import { legalBases } from '../../core/events/legal-bases.ts';

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const currency = z.string().refine((code) => currencies.has(code), 'must be a currency of ISO 4217, like GBP');

/** How single values of the installation file look, in every format of it. */
export const installationValues = {
  key: z.string().regex(/^[0-9a-f]{64}$/, 'must be 32 bytes as 64 lower-case hex digits'),
  word: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be a lower-case word of letters, digits, "-" and "_"'),
  secret: z.string().min(16, 'must have at least 16 characters').max(256).regex(/^\S+$/, 'must not hold spaces'),
  currency,
  timezone: z.string().refine(isTimezone, 'must be a time zone of the IANA database, like Europe/London'),
  channel: z.enum(channels),
  time: z.iso.datetime({ message: 'must be a time in UTC, like 2026-05-01T10:00:00Z' }),
} as const;

const { key, word, timezone, channel, time } = installationValues;
const highestRate = 1_000_000;
const longestPurpose = 500;

/** One write key, in every format since they are hashed. */
export const writeKeyValue = z
  .strictObject({
    id: word,
    /** SHA-256 of the key, hex; null for a client that proves itself by its private key. */
    hash: key.nullable(),
    source: word,
    channel,
    /** Null where it is not known: the key comes from a file of format 1. */
    createdAt: time.nullable(),
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
    /** Events per second; null for the default of the service. */
    rateLimit: z.number().positive().max(highestRate).nullable().default(null),
    /** PEM of an OAuth client's RSA key. */
    oauthPublicKey: z.string().startsWith('-----BEGIN PUBLIC KEY-----').nullable().default(null),
    /** What the data of the source is used for; null where the key was made before that was asked for. */
    purpose: z.string().trim().min(1).max(longestPurpose).nullable().default(null),
    /** On what ground; null likewise. */
    legalBasis: z.enum(legalBases).nullable().default(null),
  })
  .refine(
    ({ purpose, legalBasis }) => (purpose === null) === (legalBasis === null),
    'needs both purpose and legalBasis',
  )
  .refine((entry) => entry.hash !== null || entry.oauthPublicKey !== null, 'needs a hash or an oauthPublicKey');

/** What every format says of a tenant. */
export const tenantFields = {
  id: word,
  timezone,
  currency,
  pseudonymKey: key,
  contentKey: key,
  envelopeKey: z.strictObject({ id: word, key }),
  rates: z.array(
    z.strictObject({ version: z.string().min(1), date: z.iso.date(), currency, rate: z.number().positive() }),
  ),
} as const;

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

import { z } from 'zod';
import { channels } from '../../core/events/channels.ts';

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
} as const;

const { key, word, secret, timezone } = installationValues;

/** What every format says of a tenant. */
export const tenantFields = {
  id: word,
  timezone,
  currency,
  pseudonymKey: key,
  contentKey: key,
  envelopeKey: z.strictObject({ id: word, key }),
  tokens: z.array(secret),
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

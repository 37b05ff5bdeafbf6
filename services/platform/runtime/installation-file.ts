import { z } from 'zod';
import { channels } from '../../core/events/channels.ts';

const key = z.string().regex(/^[0-9a-f]{64}$/, 'must be 32 bytes as 64 lower-case hex digits');
const word = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be a lower-case word of letters, digits, "-" and "_"');
const secret = z.string().min(16, 'must have at least 16 characters').max(256).regex(/^\S+$/, 'must not hold spaces');

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const currency = z.string().refine((code) => currencies.has(code), 'must be a currency of ISO 4217, like GBP');

const timezone = z.string().refine(isTimezone, 'must be a time zone of the IANA database, like Europe/London');

const tenant = z.strictObject({
  id: word,
  timezone,
  currency,
  pseudonymKey: key,
  contentKey: key,
  envelopeKey: z.strictObject({ id: word, key }),
  writeKeys: z.array(z.strictObject({ key: secret, source: word, channel: z.enum(channels) })),
  tokens: z.array(secret),
  rates: z.array(
    z.strictObject({ version: z.string().min(1), date: z.iso.date(), currency, rate: z.number().positive() }),
  ),
});

/** The installation file as it stands on disk; keys are hex. */
export const installationFileSchema = z
  .strictObject({ format: z.literal(1), installationKey: key, tenants: z.array(tenant).min(1) })
  .superRefine((file, context) => {
    const report = (names: readonly string[], path: string, message: string): void => {
      if (new Set(names).size < names.length) context.addIssue({ code: 'custom', path: [path], message });
    };
    report(file.tenants.map((each) => each.id), 'tenants', 'two tenants have the same id'); // prettier-ignore
    const writeKeys = file.tenants.flatMap((each) => each.writeKeys.map((entry) => entry.key));
    report(writeKeys, 'tenants', 'one write key stands for two sources');
    report(file.tenants.flatMap((each) => each.tokens), 'tenants', 'one token stands for two tenants'); // prettier-ignore
  });

export type InstallationFile = z.output<typeof installationFileSchema>;

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

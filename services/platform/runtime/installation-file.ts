import { z } from 'zod';
import { installationFormat1, upgradeFormat1 } from './installation-format-1.ts';
import { installationValues, tenantFields } from './installation-values.ts';

const { key, word, channel } = installationValues;
const time = z.iso.datetime({ message: 'must be a time in UTC, like 2026-05-01T10:00:00Z' });
const highestRate = 1_000_000;

const writeKey = z
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
  })
  .refine((entry) => entry.hash !== null || entry.oauthPublicKey !== null, 'needs a hash or an oauthPublicKey');

const format2 = z
  .strictObject({
    format: z.literal(2),
    installationKey: key,
    tenants: z.array(z.strictObject({ ...tenantFields, writeKeys: z.array(writeKey) })).min(1),
  })
  .superRefine((file, context) => {
    const report = (names: readonly string[], path: string, message: string): void => {
      if (new Set(names).size < names.length) context.addIssue({ code: 'custom', path: [path], message });
    };
    const writeKeys = file.tenants.flatMap((each) => each.writeKeys);
    const hashes = writeKeys.flatMap((entry) => (entry.hash === null ? [] : [entry.hash]));
    report(file.tenants.map((each) => each.id), 'tenants', 'two tenants have the same id'); // prettier-ignore
    report(hashes, 'tenants', 'one write key stands for two sources');
    report(writeKeys.map((entry) => entry.id), 'tenants', 'two write keys have the same id'); // prettier-ignore
    report(file.tenants.flatMap((each) => each.tokens), 'tenants', 'one token stands for two tenants'); // prettier-ignore
  });

const latest = z.discriminatedUnion('format', [installationFormat1, format2]);

/** The installation file in its present format; keys are hex, write keys are hashed. Older formats are read as this one. */
export const installationFileSchema = latest
  .transform((file) => (file.format === 1 ? upgradeFormat1(file) : file))
  .pipe(format2);

export type InstallationFile = z.output<typeof installationFileSchema>;
export type TenantEntry = InstallationFile['tenants'][number];
export type WriteKeyEntry = TenantEntry['writeKeys'][number];

import { z } from 'zod';
import { apiRoles } from '../../core/api-role.ts';
import { installationFormat1, upgradeFormat1 } from './installation-format-1.ts';
import { installationFormat2, upgradeFormat2 } from './installation-format-2.ts';
import { installationValues, tenantFields, writeKeyValue } from './installation-values.ts';

const { key, word, time } = installationValues;

const apiToken = z.strictObject({
  id: word,
  /** SHA-256 of the token, hex. */
  hash: key,
  /** Null where it is not known: the token comes from a file of an older format. */
  createdAt: time.nullable(),
  revokedAt: time.nullable(),
  /** None when absent. */
  roles: z.array(z.enum(apiRoles)).optional(),
});

const format3 = z
  .strictObject({
    format: z.literal(3),
    installationKey: key,
    tenants: z
      .array(z.strictObject({ ...tenantFields, tokens: z.array(apiToken), writeKeys: z.array(writeKeyValue) }))
      .min(1),
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
    const tokens = file.tenants.flatMap((each) => each.tokens);
    report(tokens.map((entry) => entry.hash), 'tenants', 'one token stands for two tenants'); // prettier-ignore
    report(tokens.map((entry) => entry.id), 'tenants', 'two tokens have the same id'); // prettier-ignore
  });

const known = z.discriminatedUnion('format', [installationFormat1, installationFormat2, format3]);

/** The installation file in its present format; keys are hex, write keys and tokens are hashed. Older formats are read as this one. */
export const installationFileSchema = known
  .transform((file) => {
    if (file.format === 3) return file;
    return upgradeFormat2(file.format === 1 ? upgradeFormat1(file) : file);
  })
  .pipe(format3);

export type InstallationFile = z.output<typeof installationFileSchema>;
export type TenantEntry = InstallationFile['tenants'][number];
export type WriteKeyEntry = TenantEntry['writeKeys'][number];
export type ApiTokenEntry = TenantEntry['tokens'][number];

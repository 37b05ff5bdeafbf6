import { hash } from 'node:crypto';
import { z } from 'zod';
import { installationValues, tenantFields } from './installation-values.ts';

const { key, word, secret, channel } = installationValues;
const idDigits = 12;

/** The first format of the installation file, in which write keys stand in clear. */
export const installationFormat1 = z.strictObject({
  format: z.literal(1),
  installationKey: key,
  tenants: z
    .array(z.strictObject({ ...tenantFields, tokens: z.array(secret), writeKeys: z.array(z.strictObject({ key: secret, source: word, channel })) }))
    .min(1),
}); // prettier-ignore

type Format1 = z.output<typeof installationFormat1>;

/** The same in the second format. Ids follow from the keys, so that each reading gives the same ones. */
export function upgradeFormat1(file: Format1) {
  return {
    ...file,
    format: 2 as const,
    tenants: file.tenants.map((tenant) => ({
      ...tenant,
      writeKeys: tenant.writeKeys.map(({ key: clear, source, channel: usual }) => {
        const digest = hash('sha256', clear, 'hex');
        const id = `key-${digest.slice(0, idDigits)}`;
        const dates = { createdAt: null, expiresAt: null, revokedAt: null, rateLimit: null, oauthPublicKey: null };
        const declared = { purpose: null, legalBasis: null };
        return { id, hash: digest, source, channel: usual, ...dates, ...declared };
      }),
    })),
  };
}

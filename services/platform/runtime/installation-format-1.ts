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
    .array(z.strictObject({ ...tenantFields, writeKeys: z.array(z.strictObject({ key: secret, source: word, channel })) }))
    .min(1),
}); // prettier-ignore

type Format1 = z.output<typeof installationFormat1>;

/** The same in the present format. Ids follow from the keys, so that each reading gives the same ones. */
export function upgradeFormat1(file: Format1): object {
  return {
    ...file,
    format: 2,
    tenants: file.tenants.map((tenant) => ({
      ...tenant,
      writeKeys: tenant.writeKeys.map(({ key: clear, source, channel: usual }) => {
        const digest = hash('sha256', clear, 'hex');
        const id = `key-${digest.slice(0, idDigits)}`;
        const dates = { createdAt: null, expiresAt: null, revokedAt: null };
        return { id, hash: digest, source, channel: usual, ...dates };
      }),
    })),
  };
}

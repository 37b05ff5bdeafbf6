import { hash } from 'node:crypto';
import { z } from 'zod';
import { installationValues, tenantFields, writeKeyValue } from './installation-values.ts';

const { key, secret } = installationValues;
const idDigits = 12;

/** The second format of the installation file, in which write keys are hashed and API tokens stand in clear. */
export const installationFormat2 = z.strictObject({
  format: z.literal(2),
  installationKey: key,
  tenants: z
    .array(z.strictObject({ ...tenantFields, tokens: z.array(secret), writeKeys: z.array(writeKeyValue) }))
    .min(1),
});

/** The same in the present format. Ids follow from the tokens, so that each reading gives the same ones. */
export function upgradeFormat2(file: Pick<z.output<typeof installationFormat2>, 'tenants'>): object {
  return {
    ...file,
    format: 3,
    tenants: file.tenants.map((tenant) => ({
      ...tenant,
      tokens: tenant.tokens.map((clear) => {
        const digest = hash('sha256', clear, 'hex');
        return { id: `token-${digest.slice(0, idDigits)}`, hash: digest, createdAt: null, revokedAt: null };
      }),
    })),
  };
}

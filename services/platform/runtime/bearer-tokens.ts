import type { BearerToken } from './bearer-token.ts';
import type { Installation } from './installation.ts';

/** The API tokens of an installation that are in force, each with the tenant that it stands for. */
export function bearerTokens({ tenants }: Pick<Installation, 'tenants'>): readonly BearerToken[] {
  return tenants.flatMap(({ id, tokens }) =>
    tokens
      .filter(({ revokedAt }) => revokedAt === null)
      .map((token) => ({ hash: token.hash, tenant: id, name: token.id, roles: token.roles ?? [] })),
  );
}

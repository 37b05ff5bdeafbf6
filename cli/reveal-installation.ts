import {
  publicView,
  type ApiToken,
  type Installation,
  type PublicTenant,
  type WriteKey,
} from '../services/platform/runtime/installation.ts';

export interface RevealedTenant extends Omit<PublicTenant, 'sources' | 'tokens'> {
  readonly writeKeys: readonly WriteKey[];
  readonly tokens: readonly ApiToken[];
}

/** What is kept of tokens and write keys. The keys that protect stored data are not shown even here. */
export function revealInstallation(installation: Installation): RevealedTenant[] {
  return publicView(installation).map(({ sources: _sources, tokens: _tokens, ...view }, i) => {
    const { writeKeys, tokens } = installation.tenants[i];
    return { ...view, writeKeys, tokens };
  });
}

import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { readService } from '../../services/platform/runtime/read-service.ts';
import { compileServiceRules } from '../../services/core/service/compile-service-rules.ts';
import type { ServiceRules } from '../../services/core/service/service-rules.ts';

/** The rules that come with Tidewatch, for a tenant in London; links end with the id of the ask. */
export async function shippedServiceRules(): Promise<ServiceRules> {
  const { document, version } = await readService(null, { queues: null, tiers: null });
  const issueToken = ({ askId }: { readonly askId: string }): string => askId;
  return compileServiceRules(document, { timezone: 'Europe/London', version, digest: nodeDigest, issueToken });
}

import { EngineError } from '../core/errors.ts';
import type { Tenant } from '../platform/runtime/installation.ts';
import { tenantsOfWriteKeys } from '../platform/runtime/tenants-of-write-keys.ts';
import { buildAnswerPublisher } from './build-answer-publisher.ts';
import type { AnswerPublisher } from './surveys/answer-publisher.ts';

export interface AnswerPublishersOptions {
  readonly installation: { readonly tenants: readonly Pick<Tenant, 'id' | 'writeKeys'>[] };
  /** Address of ingest. */
  readonly url: string | null;
  /** One for each tenant whose customers are asked, separated by commas. */
  readonly writeKeys: string | null;
}

/** Publishes each answer under the key of the tenant that asked; where there is none, customers are told to come back. */
export function buildAnswerPublishers({ installation, url, writeKeys }: AnswerPublishersOptions): AnswerPublisher {
  const publishers = new Map<string, AnswerPublisher>();
  const known = url === null || writeKeys === null ? [] : tenantsOfWriteKeys(installation.tenants, writeKeys);
  for (const { writeKey, tenant } of known) {
    const target = { url: (url ?? '').replace(/\/+$/, ''), writeKey };
    if (tenant !== undefined) publishers.set(tenant.id, buildAnswerPublisher(target));
  }
  return {
    publish: (claims, kind, answer) =>
      publishers.get(claims.tenant)?.publish(claims, kind, answer) ?? Promise.reject(nowhere(claims.tenant)),
  };
}

function nowhere(tenant: string): EngineError {
  const message =
    'TIDEWATCH_INGEST_URL, or a key of the tenant in TIDEWATCH_DELIVERY_WRITE_KEY, is not set; answers to surveys go nowhere.';
  return new EngineError('ERR_OVERLOADED', message, { retryable: true, context: { tenant } });
}

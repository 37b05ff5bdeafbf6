import { EngineError } from '../core/errors.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { sendRequest } from '../platform/runtime/http-request.ts';
import type { Installation, Tenant } from '../platform/runtime/installation.ts';
import { tenantsOfWriteKeys } from '../platform/runtime/tenants-of-write-keys.ts';
import type { Logger } from '../platform/telemetry/logger.ts';
import type { LevelMessage, LevelSender } from './loyalty/level-sweep.ts';
import type { ToldResult } from './loyalty/loyalty-telemetry.ts';

export interface LevelSenderOptions {
  readonly installation: Installation;
  readonly logger: Logger;
  /** Address of ingest. */
  readonly url: string | null;
  /** One for each tenant that is told, separated by commas. */
  readonly writeKeys: string | null;
}

const timeoutMs = 30_000;

/** Sends changes of level to ingest, as the sources of the write keys; null where there is no ingest or no such key. */
export function buildLevelSender({ installation, logger, url, writeKeys }: LevelSenderOptions): LevelSender | null {
  if (url === null || writeKeys === null) {
    const missing = url === null ? 'TIDEWATCH_INGEST_URL' : 'TIDEWATCH_DELIVERY_WRITE_KEY';
    logger.info(
      { missing },
      'changes of member levels are not told: the address of ingest or its write key is not set',
    );
    return null;
  }
  const senders = new Map<string, LevelSender['send']>();
  for (const { writeKey, tenant } of tenantsOfWriteKeys(installation.tenants, writeKeys)) {
    if (tenant !== undefined) {
      senders.set(tenant.id, sendTo(new URL('/v1/events', url).href, { tenant, writeKey, logger }));
    }
  }
  return { serves: (id) => senders.has(id), send: (messages) => sendByTenant(senders, messages) };
}

/** Each tenant's messages as its own source; what nobody can send is asked for again. */
async function sendByTenant(
  senders: ReadonlyMap<string, LevelSender['send']>,
  messages: readonly LevelMessage[],
): Promise<readonly (ToldResult | null)[]> {
  const results = new Map<LevelMessage, ToldResult | null>();
  for (const [tenant, ofTenant] of Map.groupBy(messages, ({ key }) => key.tenant)) {
    const told = await senders.get(tenant)?.(ofTenant);
    for (const [i, message] of ofTenant.entries()) results.set(message, told?.[i] ?? null);
  }
  return messages.map((message) => results.get(message) ?? null);
}

function sendTo(
  address: string,
  { tenant, writeKey, logger }: { readonly tenant: Tenant; readonly writeKey: string; readonly logger: Logger },
): LevelSender['send'] {
  const openReference = referenceOpener(tenant);
  return async (messages) => {
    const named = messages.map((message) => ({ message, userId: openReference(message) }));
    const events = named.flatMap(({ message, userId }) => (userId === null ? [] : [toEvent(message, userId)]));
    if (events.length === 0) return named.map(() => 'unnamed');
    const results = await post(address, writeKey, { events }, logger);
    return named.map(({ message, userId }) => {
      if (userId === null) return 'unnamed';
      return results === null ? null : toldResult(results[message.change.changeId]?.result);
    });
  };
}

/** The business's own id of a customer; null where no event brought one, or its key is gone. */
function referenceOpener({ envelopeKey }: Tenant): (message: LevelMessage) => string | null {
  const sealer = createAesSealer(envelopeKey.id, envelopeKey.key);
  return ({ key, reference }) => {
    if (reference === null || reference.keyId !== sealer.keyId) return null;
    try {
      const binding = `${key.tenant}|${key.surrogate}|customerRef`;
      return sealer.open(Buffer.from(reference.sealed, 'base64'), binding).toString('utf8');
    } catch (error) {
      if (error instanceof EngineError) return null;
      throw error;
    }
  };
}

function toEvent({ change }: LevelMessage, userId: string): object {
  return {
    id: change.changeId,
    type: 'member.level_changed',
    time: new Date(change.at).toISOString(),
    userId,
    properties: { level: change.to, previousLevel: change.from },
  };
}

type Results = Readonly<Record<string, { readonly result: string } | undefined>>;

/** Null when all of it has to be sent again. */
async function post(address: string, writeKey: string, body: object, logger: Logger): Promise<Results | null> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
  };
  try {
    const answer = await sendRequest(address, { method: 'POST', headers, body: JSON.stringify(body), timeoutMs });
    if (answer.status === 200) return (JSON.parse(answer.body) as { results: Results }).results;
    logger.warn({ status: answer.status }, 'ingest did not take changes of member levels; they are sent again');
  } catch (err) {
    logger.warn({ err }, 'ingest could not be reached; changes of member levels are sent again');
  }
  return null;
}

/** A result that this version does not know is a refusal: the dead letters of ingest hold what was sent. */
function toldResult(result: string | undefined): ToldResult | null {
  if (result === undefined || result === 'retry') return null;
  return result === 'accepted' || result === 'duplicate' ? 'sent' : 'refused';
}

import { hash } from 'node:crypto';
import { minorPerMajor } from '../../../../services/core/events/money.ts';
import { createBusinessCalendar } from '../../../../services/core/events/business-day.ts';
import type { CustomerRecord, Envelope } from '../../../../services/core/events/customer-record.ts';
import { closeDay } from '../../../../services/core/features/close-day.ts';
import { ownBlock } from '../../../../services/core/features/own-block.ts';
import { encodeState } from '../../../../services/core/features/encode-state.ts';
import { parseCustomerId } from '../../../../services/core/identity/parse-customer-id.ts';
import { surrogateId } from '../../../../services/core/identity/surrogate-id.ts';
import type { ExplainableModel } from '../../../../services/core/ports/explainable-model.ts';
import { encodeProfile } from '../../../../services/core/profile/encode-profile.ts';
import { mergeProfile } from '../../../../services/core/profile/merge-profile.ts';
import { readEntries } from '../../../../services/core/profile/read-entries.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { createAesSealer } from '../../../../services/platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { requireBearer } from '../../../../services/platform/http/bearer-auth.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createMemoryCustomerIndex } from '../../../../services/platform/memory/memory-customer-index.ts';
import { createMemoryStateStore } from '../../../../services/platform/memory/memory-state-store.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';
import { createSliceQueue } from '../../../../services/platform/runtime/slice-queue.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { addActionRoutes, type AnsweringPolicy } from '../../../../services/scorer/api/action-routes.ts';
import { createCustomerReader } from '../../../../services/scorer/api/customer-reader.ts';
import { addCustomerRoutes } from '../../../../services/scorer/api/customer-routes.ts';
import { addExplanationRoutes } from '../../../../services/scorer/api/explanation-routes.ts';
import { addProfileIssueRoutes } from '../../../../services/scorer/api/profile-issue-routes.ts';
import { createProfileReader } from '../../../../services/scorer/api/profile-reader.ts';
import type { ScorerTenant } from '../../../../services/scorer/scorer-tenant.ts';
import { foldHistory } from '../../../support/fold-history.ts';
import { scoreCodec } from '../../../support/scorer-twin.ts';
import { aScore } from '../../../support/score-builder.ts';
import { shippedPlan } from '../../../support/segment-plans.ts';

export const startedAt = Date.UTC(2026, 0, 15, 13);

/** Explanations that may wait. */
export const maxExplanations = 4;

const tenantIds = ['demo', 'other'] as const;
const pseudonymKeys: Readonly<Record<string, Buffer>> = { demo: Buffer.alloc(32, 1), other: Buffer.alloc(32, 2) };

const sealer = createAesSealer('k1', Buffer.alloc(32, 3));

function tenantOf(id: string): ScorerTenant {
  const calendar = createBusinessCalendar('UTC');
  const sealerFor = (keyId: string) => (keyId === sealer.keyId ? sealer : null);
  return { id, calendar, currency: 'GBP', minorPerMajor: minorPerMajor(2), sealerFor };
}

/** Personal fields of an event, sealed as ingest seals them. */
export function envelopeOf(fields: Readonly<Record<string, string>>, surrogate: string, tenant = 'demo'): Envelope {
  const sealed = Object.entries(fields).map(([name, text]) => {
    return { name, sealed: sealer.seal(Buffer.from(text, 'utf8'), `${tenant}|${surrogate}|${name}`) };
  });
  return { keyId: sealer.keyId, fields: sealed };
}

/** Pseudonym of a customer, as ingest makes it. */
export function surrogateOf(idType: 'user' | 'anonymous', id: string, tenant = 'demo'): string {
  return surrogateId(nodeDigest, pseudonymKeys[tenant], idType, id);
}

/**
 * The scorer's HTTP interface over a store in this process, with the tenants `demo` and `other`.
 * @param model explains customers; without it there are no explanations
 * @param policy chooses next best actions
 */
export function openScorerApi(model: ExplainableModel | null = null, policy: AnsweringPolicy | null = null) {
  const store = createMemoryStateStore();
  const clock = createVirtualClock(startedAt);
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('scorer'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  const reader = createCustomerReader({
    store,
    scoreCodec,
    surrogateOf(tenant, text) {
      const id = parseCustomerId(text);
      if (id === null) return null;
      return id.by === 'surrogate' ? id.surrogate : surrogateOf(id.idType, id.canonicalId, tenant);
    },
  });
  const tenants = new Map(tenantIds.map((id) => [id as string, tenantOf(id)]));
  const tokens = tenantIds.map((id) => ({ hash: hash('sha256', `${id}-token`, 'hex'), tenant: id }));
  const authorize = requireBearer(tokens);
  const profiles = createMemoryStateStore();
  const profileReader = createProfileReader({ profiles, tenants });
  addCustomerRoutes(server, { reader, profiles: profileReader, tenants, segments: shippedPlan, clock, authorize });
  const index = createMemoryCustomerIndex();
  addProfileIssueRoutes(server, { index, profiles, tenants, partitions: () => [5, 0, 3], clock, authorize });
  addActionRoutes(server, { reader, tenants, policy, digest: nodeDigest, authorize });
  const { run } = createSliceQueue(maxExplanations);
  if (model !== null) addExplanationRoutes(server, { reader, tenants, model, digest: nodeDigest, run, authorize });

  return {
    clock,
    server,
    /** Stores a customer who has these records behind him; `score` null for one who was never scored. */
    async know(
      surrogate: string,
      records: readonly CustomerRecord[],
      score: Partial<Score> | null = {},
      { isWithheld = false, silentDays = 0 } = {},
    ) {
      const state = foldHistory(records);
      state.withheld = isWithheld;
      if (silentDays > 0) closeDay(state, ownBlock(state).asOf + silentDays);
      const tenant = records[0].tenant;
      const last = score === null ? null : aScore({ tenant, surrogate, stateVersion: state.version, ...score });
      if (last !== null) {
        const body = scoreCodec.encodeBody(last);
        state.lastScore = { level: last.level, churn90: last.churn.p90, receivedAt: last.receivedAt, body };
      }
      const { version } = state;
      const update = { key: { tenant, surrogate }, expectedVersion: 0, version, bytes: encodeState(state) };
      await store.compareAndSet([update]);
      return last;
    },
    /** Stores the profile of a customer of whom these records tell, on a partition. */
    async tell(records: readonly CustomerRecord[], partition = 0) {
      const [{ tenant, surrogate }] = records;
      await index.add(partition, [{ tenant, surrogate }]);
      const bytes = encodeProfile(mergeProfile([], records.flatMap(readEntries)));
      await profiles.compareAndSet([{ key: { tenant, surrogate }, expectedVersion: 0, version: 1, bytes }]);
    },
    async get(url: string, token: string | null = 'demo-token') {
      const headers = token === null ? {} : { authorization: `Bearer ${token}` };
      const response = await server.inject({ url, headers });
      return { status: response.statusCode, type: response.headers['content-type'], body: response.json<unknown>() };
    },
    async batch(payload: unknown, token = 'demo-token') {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
      const response = await server.inject({ method: 'POST', url: '/v1/scores:batch', headers, body });
      return { status: response.statusCode, body: response.json<unknown>() };
    },
  };
}

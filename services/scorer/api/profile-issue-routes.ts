import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { CustomerIndex } from '../../core/ports/customer-index.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import { decodeProfile } from '../../core/profile/decode-profile.ts';
import { findIssues } from '../../core/profile/find-issues.ts';
import type { ProfileIssue } from '../../core/profile/find-issues.ts';
import { showProfile } from '../../core/profile/show-profile.ts';
import type { Surrogate } from '../../core/units.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import { entryToJson } from './entry-to-json.ts';
import { createEntryOpener } from './open-entry.ts';
import type { OpenEntry } from './open-entry.ts';

export interface ProfileIssueRoutesDeps {
  readonly index: Pick<CustomerIndex, 'page'>;
  readonly profiles: Pick<StateStore, 'load'>;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
  /** Partitions that this process owns now. */
  readonly partitions: () => readonly number[];
  readonly clock: Clock;
  readonly authorize: preHandlerAsyncHookHandler;
}

interface Query {
  readonly limit: number;
  readonly partition: number;
  readonly after: Surrogate | null;
}

const dayMs = 86_400_000;
const contradictionMs = 30 * dayMs;
const staleMs = 365 * dayMs;
const mostCustomers = 1_000;

/**
 * `GET /v1/profiles/issues?limit=&cursor=`: goes through the customers of the partitions that this process owns, at most
 * `limit` of them per call, and says which profiles contradict themselves or are stale, and what mends them.
 */
export function addProfileIssueRoutes(server: FastifyInstance, deps: ProfileIssueRoutesDeps): void {
  server.get('/v1/profiles/issues', { preHandler: deps.authorize }, async ({ tenant, query }) => {
    const { limit, partition, after } = readQuery(query as Record<string, unknown>);
    const owned = deps.partitions().filter((each) => each >= partition).sort((a, b) => a - b); // prettier-ignore
    const [current] = owned;
    if (current === undefined) return { checked: 0, issues: [], next: null };
    const customers = await deps.index.page(current, tenant, current === partition ? after : null, limit);
    const issues = await issuesOf(tenant, customers, deps);
    const last = customers.length < limit ? null : (customers.at(-1) ?? null);
    const following = last === null ? owned[1] : current;
    const next = following === undefined ? null : `${following}:${last ?? ''}`;
    return { checked: customers.length, issues, next };
  });
}

async function issuesOf(
  tenant: string,
  customers: readonly Surrogate[],
  { profiles, tenants, clock }: ProfileIssueRoutesDeps,
): Promise<readonly object[]> {
  const stored = await profiles.load(customers.map((surrogate) => ({ tenant, surrogate })));
  const rules = { now: clock.now(), contradictionMs, staleMs };
  return customers.flatMap((surrogate, i) => {
    const found = stored[i];
    if (found === null) return [];
    const open = createEntryOpener(tenants.get(tenant), surrogate);
    const issues = findIssues(showProfile(decodeProfile(found.bytes)), open, rules);
    return issues.map((issue) => ({ customerId: `~${surrogate}`, ...issueToJson(issue, open) }));
  });
}

function issueToJson(issue: ProfileIssue, open: OpenEntry): object {
  if (issue.kind === 'stale') {
    const repair = 'Ask the customer whether the profile is still right, and send customer.upserted with the answer.';
    return { kind: issue.kind, since: new Date(issue.since).toISOString(), repair };
  }
  const { kind, field, words } = issue;
  const repair = `Find out which value is right and send customer.upserted with it from each of these sources: the last word counts.`;
  return { kind, field, words: words.map((word) => entryToJson(word, open(word))), repair };
}

function readQuery({ limit = '200', cursor = '0:', ...others }: Record<string, unknown>): Query {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw usage(`"${unknown.slice(0, 64)}" is no parameter; use limit and cursor`);
  const count = typeof limit === 'string' && /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > mostCustomers) throw usage(`"limit" must be a whole number of 1 to ${mostCustomers}`);
  const found = typeof cursor === 'string' ? /^(\d{1,6}):([0-9a-f]{32})?$/.exec(cursor) : null;
  if (found === null) throw usage('"cursor" must be the "next" of an earlier answer');
  return { limit: count, partition: Number(found[1]), after: found[2] ?? null };
}

function usage(message: string): EngineError {
  return new EngineError('ERR_USAGE', message, { retryable: false });
}

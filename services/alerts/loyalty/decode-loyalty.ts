import { EngineError } from '../../core/errors.ts';
import { isLoyaltyRecord, type LoyaltyInput } from '../../core/loyalty/apply-loyalty-input.ts';
import { emptyLoyaltyState, type LogMark } from '../../core/loyalty/loyalty-state.ts';
import type { RawRecord } from '../../core/ports/log.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { LoyaltyChunk } from './loyalty-context.ts';
import type { LoyaltyDeps } from './loyalty-deps.ts';

type DecodeDeps = Pick<LoyaltyDeps, 'codecs' | 'topics' | 'tenants' | 'telemetry'>;

/** Bytes to inputs, gathered by customer. What cannot be read goes to the dead letters elsewhere, and is passed over here. */
export async function decodeLoyalty(deps: DecodeDeps, context: LoyaltyChunk): Promise<void> {
  const { chunk } = context;
  const log = chunk.topic === deps.topics.commands ? 'commands' : 'events';
  const markOf = ({ offset }: RawRecord): LogMark => ({
    log,
    logId: chunk.logId,
    partition: chunk.partition,
    offset,
  });
  const values = chunk.records.map(({ value }) => value);
  let unreadable = 0;
  if (log === 'commands') {
    for (const [i, command] of (await deps.codecs.commands.decode(values)).entries()) {
      if (command instanceof EngineError) unreadable += 1;
      else if (command.verb === 'points-correct')
        add(deps, context, command, { kind: 'command', command, mark: markOf(chunk.records[i]) });
    }
  } else {
    for (const [i, record] of (await deps.codecs.events.decode(values)).entries()) {
      if (record instanceof EngineError) unreadable += 1;
      else if (isLoyaltyRecord(record))
        add(deps, context, record, { kind: 'event', record, mark: markOf(chunk.records[i]) });
    }
  }
  if (unreadable > 0) deps.telemetry.unreadable(unreadable, chunk.topic);
}

/** Records of a tenant that the installation does not have are nobody's. */
function add({ tenants }: DecodeDeps, { customers }: LoyaltyChunk, key: CustomerKey, input: LoyaltyInput): void {
  const tenant = tenants.get(key.tenant);
  if (tenant === undefined || key.surrogate === '') return;
  const id = `${key.tenant}:${key.surrogate}`;
  const work = customers.get(id);
  if (work !== undefined) {
    work.inputs.push(input);
    return;
  }
  const empty = emptyLoyaltyState();
  customers.set(id, {
    key: { tenant: key.tenant, surrogate: key.surrogate },
    tenant,
    inputs: [input],
    storedVersion: 0,
    stored: empty,
    decided: empty,
    results: [],
  });
}

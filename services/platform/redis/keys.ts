import { hash } from 'node:crypto';
import type { DeliveryLane } from '../../core/deliveries/delivery.ts';
import type { KpiDimension } from '../../core/kpis/kpi-dimension.ts';
import type { Period } from '../../core/kpis/period.ts';
import type { Claim } from '../../core/ports/claim-store.ts';
import type { LedgerKey } from '../../core/ports/kpi-store.ts';
import type { LetterRef } from '../../core/ports/letter-marks.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { EpochDay } from '../../core/units.ts';

/*
 * The only place where Redis keys are made. The part in braces is the hash tag: keys with the same tag are on the same
 * node of a cluster, so what belongs together must carry the same one.
 */

const idDigits = 32;

/** `{prefix}{namespace}:{tenant:surrogate}`: the hash of one customer. */
export function createStateKeys(keyPrefix: string, namespace: string): (key: CustomerKey) => string {
  const start = `${literal(keyPrefix)}${literal(namespace)}:{`;
  return ({ tenant, surrogate }) => `${start}${word(tenant)}:${word(surrogate)}}`;
}

/** `{prefix}claim:{tenant:source:hash of the event id}`: one accepted or claimed event id. */
export function createClaimKeys(keyPrefix: string): (claim: Claim) => string {
  const start = `${literal(keyPrefix)}claim:{`;
  // The claims of a request have one sender.
  let last = { tenant: '', source: '', stem: '' };
  return ({ tenant, source, eventId }) => {
    if (tenant !== last.tenant || source !== last.source || last.stem === '') {
      last = { tenant, source, stem: `${start}${word(tenant)}:${word(source)}:` };
    }
    return `${last.stem}${hash('sha256', eventId, 'hex').slice(0, idDigits)}}`;
  };
}

/** Keys of one tenant's task index; they share the hash tag of the tenant. */
export interface TaskIndexKeys {
  /** Hash: task id to version and member. */
  readonly places: string;
  /** Sorted set of every list by priority and every queue: see `task-ranks.ts`. */
  readonly ranks: string;
  /** Hash: task id to its members of the set of ranks. */
  readonly ranked: string;
  /** Sorted set of every member. */
  readonly all: string;
  /** Sorted set of the members with this status. */
  status(status: string): string;
}

/** `{prefix}task-index:{tenant}:places|ranks|ranked|all|<status>`; the lists of the holdout are `holdout:all|<status>`. */
export function createTaskIndexKeys(keyPrefix: string): (tenant: string, arm?: string) => TaskIndexKeys {
  const start = `${literal(keyPrefix)}task-index:{`;
  return (tenant, arm = 'treated') => {
    const stem = `${start}${word(tenant)}}:`;
    const lists = arm === 'treated' ? stem : `${stem}${word(arm)}:`;
    return {
      places: `${stem}places`,
      ranks: `${stem}ranks`,
      ranked: `${stem}ranked`,
      all: `${lists}all`,
      status: (status) => lists + status,
    };
  };
}

/** `{prefix}due:{shard}`: who is due when. */
export function createDueIndexKeys(keyPrefix: string): (shard: number) => string {
  const start = `${literal(keyPrefix)}due:{`;
  return (shard) => `${start}${shard}}`;
}

/** Keys of one tenant's case index; the same form as that of tasks. */
export function createCaseIndexKeys(
  keyPrefix: string,
): (tenant: string) => Pick<TaskIndexKeys, 'places' | 'all' | 'status'> {
  const start = `${literal(keyPrefix)}case-index:{`;
  return (tenant) => {
    const stem = `${start}${word(tenant)}}:`;
    return { places: `${stem}places`, all: `${stem}all`, status: (status) => stem + status };
  };
}

/** `{prefix}customers:{tenant:partition}`: which customers a partition holds. */
export function createCustomerIndexKeys(keyPrefix: string): (tenant: string, partition: number) => string {
  const start = `${literal(keyPrefix)}customers:{`;
  return (tenant, partition) => `${start}${word(tenant)}:${partition}}`;
}

/** `{prefix}{namespace}-due:{partition}`: when a customer of the partition is to be looked at. */
export function createDueCustomersKeys(keyPrefix: string, namespace: string): (partition: number) => string {
  const start = `${literal(keyPrefix)}${literal(namespace)}-due:{`;
  return (partition) => `${start}${partition}}`;
}

/** `{prefix}rate:{id of the write key}`: what one sender has taken. */
export function createRateLimitKeys(keyPrefix: string): (id: string) => string {
  const start = `${literal(keyPrefix)}rate:{`;
  return (id) => `${start}${word(id)}}`;
}

/** `{prefix}dead-letter:{partition:offset:time}`: one settled dead letter. */
export function createLetterMarkKeys(keyPrefix: string): (letter: LetterRef) => string {
  const start = `${literal(keyPrefix)}dead-letter:{`;
  return ({ partition, offset, recordedAt }) => `${start}${partition}:${offset}:${recordedAt}}`;
}

/** Counts of the quality of one tenant's sources; they share the hash tag of the tenant. */
export interface QualityKeys {
  /** Set of the sources. */
  readonly sources: string;
  /** Hash: name to count. */
  day(source: string, day: EpochDay): string;
}

/** `{prefix}quality:{tenant}:sources`, and `…:day:<day>:<source>`. */
export function createQualityKeys(keyPrefix: string): (tenant: string) => QualityKeys {
  const start = `${literal(keyPrefix)}quality:{`;
  return (tenant) => {
    const stem = `${start}${word(tenant)}}:`;
    return { sources: `${stem}sources`, day: (source, day) => `${stem}day:${day}:${word(source)}` };
  };
}

/** `{prefix}unmapped:{tenant}`: names that the tracking plan does not know. */
export function createUnmappedKeys(keyPrefix: string): (tenant: string) => string {
  const start = `${literal(keyPrefix)}unmapped:{`;
  return (tenant) => `${start}${word(tenant)}}`;
}

/** `{prefix}{namespace}:{hash of the name}`: a name that was taken. */
export function createOnceKeys(keyPrefix: string, namespace: string): (name: string) => string {
  const start = `${literal(keyPrefix)}${literal(namespace)}:{`;
  return (name) => `${start}${hash('sha256', name, 'hex').slice(0, idDigits)}}`;
}

/** Keys of one lane of deliveries; they share the hash tag of the lane. */
export interface DeliveryKeys {
  /** Sorted sets of ids: by when each is due, what is pending by its age, what is dead by when it died. */
  readonly due: string;
  readonly pending: string;
  readonly dead: string;
  /** Hash of one delivery. */
  delivery(id: string): string;
}

/** `{prefix}delivery:{tenant:kind:target}:due|pending|dead|id:<id>`. */
export function createDeliveryKeys(keyPrefix: string): (lane: DeliveryLane) => DeliveryKeys {
  const start = `${literal(keyPrefix)}delivery:{`;
  return ({ tenant, kind, target }) => {
    const stem = `${start}${word(tenant)}:${kind}:${word(target)}}:`;
    return {
      due: `${stem}due`,
      pending: `${stem}pending`,
      dead: `${stem}dead`,
      delivery: (id) => `${stem}id:${word(id)}`,
    };
  };
}

/** `{prefix}delivery-lanes`: set of the lanes that ever had a delivery, each as JSON. */
export function deliveryLanesKey(keyPrefix: string): string {
  return `${literal(keyPrefix)}delivery-lanes`;
}

/** Keys of the facts of one partition; they share its hash tag. */
export interface KpiKeys {
  /** Hash: how far the partition is counted. */
  readonly mark: string;
  /** Hash: tenant and surrogate to ledger. */
  readonly ledgers: string;
  /** Set of the names of its hashes of cells. */
  readonly names: string;
  /** Set of `<tenant>:<month>`. */
  readonly months: string;
  /** Hash of cells by its name. */
  cells(name: string): string;
}

/** `{prefix}kpi:{partition}:mark|ledgers|names|months|cells:<name>`. */
export function createKpiKeys(keyPrefix: string): (partition: number) => KpiKeys {
  const start = `${literal(keyPrefix)}kpi:{`;
  return (partition) => {
    const stem = `${start}${partition}}:`;
    return {
      mark: `${stem}mark`,
      ledgers: `${stem}ledgers`,
      names: `${stem}names`,
      months: `${stem}months`,
      cells: (name) => `${stem}cells:${name}`,
    };
  };
}

/** `<tenant>:<kind>:<index>:<dimension>`: the cells of one period, whole (no dimension) or split by one dimension. */
export function kpiCellsName(tenant: string, { kind, index }: Period, dimension: KpiDimension | null): string {
  return `${word(tenant)}:${kind}:${index}:${dimension ?? ''}`;
}

/** `<tenant>:<surrogate>`: one customer's field among the ledgers. */
export function kpiLedgerField({ tenant, surrogate }: LedgerKey): string {
  return `${word(tenant)}:${word(surrogate)}`;
}

/** `<tenant>:<month>`, and what every month of a tenant begins with. */
export function kpiMonthMember(tenant: string, month: number | ''): string {
  return `${word(tenant)}:${month}`;
}

/** `{prefix}kpi-layout`: hash of the log and the number of its partitions. */
export function kpiLayoutKey(keyPrefix: string): string {
  return `${literal(keyPrefix)}kpi-layout`;
}

const special = /[{}:%\s]/;

/** Braces would begin another hash tag, and colons could make two customers one. */
function word(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(/[{}:%\s]/gu, (sign) => `%${sign.codePointAt(0)?.toString(16).padStart(2, '0')}`);
}

function literal(text: string): string {
  if (!/[{}]/.test(text)) return text;
  throw new RangeError(`the key prefix "${text}" must not hold braces: they would replace the hash tag`);
}

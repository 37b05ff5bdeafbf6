import { emptyLedger } from '../../core/kpis/customer-ledger.ts';
import type { KpiFact } from '../../core/kpis/kpi-fact.ts';
import { EngineError } from '../../core/errors.ts';
import type { KpiChunk } from './kpi-context.ts';
import type { KpiDeps } from './kpi-deps.ts';
import { findFactFault } from './find-fact-fault.ts';

/** Bytes to facts, gathered by customer; only of records that are not counted yet. */
export async function decodeFacts({ codecs, tenants }: Pick<KpiDeps, 'codecs' | 'tenants'>, context: KpiChunk) {
  const { chunk, mark, unreadable } = context;
  const records = chunk.records.filter(({ offset }) => offset >= (mark?.nextOffset ?? 0));
  const decoded = await codecs.facts.decode(records.map(({ value }) => value));
  for (const [i, raw] of records.entries()) {
    const fact = decoded[i];
    const fault = fact instanceof EngineError ? fact : findFactFault(fact);
    if (fact instanceof EngineError || fault !== null) unreadable.push({ raw, fault: fault ?? unknownTenant() });
    else if (!(await addFact(tenants, context, fact))) unreadable.push({ raw, fault: unknownTenant() });
  }
  context.tally.unreadable = unreadable.length;
}

/** @returns whether the tenant is known */
async function addFact(tenants: KpiDeps['tenants'], { customers }: KpiChunk, fact: KpiFact): Promise<boolean> {
  const { tenant: id, surrogate } = fact;
  const name = `${id}:${surrogate}`;
  const work = customers.get(name);
  if (work !== undefined) {
    work.facts.push(fact);
    return true;
  }
  const tenant = await tenants.find(id);
  if (tenant === null) return false;
  const key = { tenant: id, surrogate };
  customers.set(name, { key, rules: tenant.rules, facts: [fact], ledger: emptyLedger(), hasChanged: false });
  return true;
}

function unknownTenant(): EngineError {
  const message =
    'A KPI fact is of a tenant that the installation file does not have: its days and currency are not known.';
  return new EngineError('ERR_RECORD_DECODE', message, { retryable: false });
}

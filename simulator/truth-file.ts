import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EpochMs } from '../services/core/units.ts';
import type { Customer } from './customer.ts';
import { customerLife } from './customer-life.ts';

const horizonMs = 90 * 86_400_000;

/** One customer's hidden truth as JSON-ready facts, with the answer to the question that the engine has to guess. */
export function describeTruth(customer: Customer, seed: number, reference: EpochMs): Record<string, unknown> {
  return {
    ...customer,
    joinedAt: toIso(customer.joinedAt),
    dissatisfiedFrom: toIso(customer.dissatisfiedFrom),
    gone: toIso(customer.gone),
    buysWithin90Days: buysBetween(customer, seed, { from: reference, to: reference + horizonMs }),
  };
}

/** Writes what the customers are really like, beside the events: for judging the engine, never read by it. */
export async function writeTruth(
  path: string,
  customers: readonly Customer[],
  known: { readonly seed: number; readonly reference: EpochMs },
): Promise<void> {
  const lines = customers.map((customer) => JSON.stringify(describeTruth(customer, known.seed, known.reference)));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${lines.join('\n')}\n`);
}

function buysBetween(customer: Customer, seed: number, span: { from: EpochMs; to: EpochMs }): boolean {
  for (const event of customerLife(customer, seed)) {
    if (event.at >= span.to) return false;
    if (event.at >= span.from && event.what === 'order-placed') return true;
  }
  return false;
}

function toIso(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

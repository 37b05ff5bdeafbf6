import { type CustomerLedger, keptFacts, shortFactId } from '../customer-ledger.ts';
import type { KpiFact } from '../kpi-fact.ts';
import type { Slices } from './cell-changes.ts';
import { standingSlices } from './standing-at.ts';

/** Whether the fact, or for tasks, cases and figures a newer version of it, was counted before. */
export function isCopy(ledger: CustomerLedger, fact: KpiFact): boolean {
  switch (fact.kind) {
    case 'task':
      return hasVersion(ledger.tasks, fact);
    case 'serviceCase':
      return hasVersion(ledger.cases, fact);
    case 'usage':
      return false; // a set of functions by month: once more is nothing new
    case 'event':
      return !isAboveMark(ledger, fact) || findRecent(ledger, fact) >= 0;
    default:
      return !isAboveMark(ledger, fact);
  }
}

function hasVersion(kept: readonly { readonly id: string; readonly version: number }[], fact: KpiFact): boolean {
  const found = kept.find(({ id }) => id === fact.factId);
  return found !== undefined && found.version >= fact.sequence;
}

function isAboveMark({ marks }: CustomerLedger, { kind, epoch, sequence }: KpiFact): boolean {
  const mark = marks[kind];
  return mark === undefined || epoch > mark[0] || (epoch === mark[0] && sequence > mark[1]);
}

/** Moves the mark, and keeps the id: a copy that came in at another offset is above the mark. */
export function rememberFact(ledger: CustomerLedger, fact: KpiFact): void {
  const { kind, epoch, sequence } = fact;
  if (kind === 'task' || kind === 'serviceCase' || kind === 'usage') return;
  ledger.marks = { ...ledger.marks, [kind]: [epoch, sequence] };
  if (kind !== 'event') return;
  // What was taken back may come again, and be taken back again.
  const opposite = findRecent(ledger, { ...fact, sign: -fact.sign });
  if (opposite >= 0) ledger.recent.splice(opposite, 1);
  ledger.recent.push(`${ringId(fact)} ${placeIndex(ledger)}`);
  if (ledger.recent.length > keptFacts) ledger.recent.splice(0, ledger.recent.length - keptFacts);
}

/**
 * Where the customer stood when the event was counted, so that what is taken back is taken from there; where the ring does not
 * know it any more, where they stand now.
 */
export function placeWhenCounted(ledger: CustomerLedger, fact: KpiFact): Slices {
  const found = fact.sign < 0 ? findRecent(ledger, { ...fact, sign: 1 }) : -1;
  if (found < 0) return standingSlices(ledger.standing);
  const [, index] = ledger.recent[found].split(' ');
  const [tier, stage] = ledger.places[Number(index)];
  return { tier, stage };
}

/** Number of the place where the customer stands, which is kept for the ring. */
function placeIndex({ standing, places }: CustomerLedger): number {
  const [tier, stage] = [standing?.tier ?? null, standing?.stage ?? null];
  const found = places.findIndex((each) => each[0] === tier && each[1] === stage);
  return found >= 0 ? found : places.push([tier, stage]) - 1;
}

function findRecent({ recent }: CustomerLedger, fact: Pick<KpiFact, 'factId' | 'sign'>): number {
  const id = `${ringId(fact)} `;
  return recent.findIndex((each) => each.startsWith(id));
}

function ringId({ factId, sign }: Pick<KpiFact, 'factId' | 'sign'>): string {
  return `${sign < 0 ? '-' : ''}${shortFactId(factId)}`;
}

import { type CustomerLedger, keptFacts } from '../customer-ledger.ts';
import type { KpiFact } from '../kpi-fact.ts';

const shortId = 16;

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
      return !isAboveMark(ledger, fact) || ledger.recent.includes(ringId(fact));
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
  const opposite = ledger.recent.indexOf(ringId({ ...fact, sign: -fact.sign }));
  if (opposite >= 0) ledger.recent.splice(opposite, 1);
  ledger.recent.push(ringId(fact));
  if (ledger.recent.length > keptFacts) ledger.recent.splice(0, ledger.recent.length - keptFacts);
}

function ringId({ factId, sign }: Pick<KpiFact, 'factId' | 'sign'>): string {
  return sign < 0 ? `-${factId.slice(0, shortId)}` : factId.slice(0, shortId);
}

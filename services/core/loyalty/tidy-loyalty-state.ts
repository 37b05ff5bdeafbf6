import type { EpochDay } from '../units.ts';
import { foldLedger } from './fold-ledger.ts';
import type { LoyaltyRules } from './loyalty-rules.ts';
import { keptLedgerDays, lateDays, type LoyaltyState } from './loyalty-state.ts';

/**
 * Keeps a state from growing for ever: forgets spend that no level can look at any more, and works the oldest days of a
 * ledger that has become long into its opening line. No balance and no level from `today` on changes by it.
 */
export function tidyLoyaltyState(state: LoyaltyState, today: EpochDay, rules: LoyaltyRules): LoyaltyState {
  const firstSpend = today - rules.windowDays - rules.graceDays - lateDays;
  const hasOldSpend = state.spend[0] !== undefined && state.spend[0].day < firstSpend;
  const spend = hasOldSpend ? state.spend.filter(({ day }) => day >= firstSpend) : state.spend;
  return foldOldDays(spend === state.spend ? state : { ...state, spend }, today, rules);
}

function foldOldDays(state: LoyaltyState, today: EpochDay, rules: LoyaltyRules): LoyaltyState {
  const { ledger, opening, registrations } = state;
  const { expiresAfterDays, isForRegistered } = rules;
  const day = today - (expiresAfterDays ?? 0) - lateDays;
  if (ledger.length <= keptLedgerDays || (ledger[0]?.day ?? day) >= day) return state;
  const [since] = registrations;
  if (isForRegistered && since === undefined) return { ...state, ledger: ledger.slice(-keptLedgerDays) };
  const counted = isForRegistered ? ledger.filter((each) => each.day >= (since ?? each.day)) : ledger;
  return { ...state, ...foldLedger(counted, opening, { day, expiresAfterDays }) };
}

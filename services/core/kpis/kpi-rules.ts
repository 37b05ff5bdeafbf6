import type { EpochDay, EpochMs } from '../units.ts';

/** What counting depends on besides the facts; changing it means counting anew from the log. */
export interface KpiRules {
  /** Business day of an instant, in the calendar of the fact's tenant. */
  dayOf(ms: EpochMs): EpochDay;
  /** Channels that count as online. */
  readonly onlineChannels: ReadonlySet<string>;
  /** Playbooks whose aim is to win customers back. */
  readonly winbackPlaybooks: ReadonlySet<string>;
  /** Days after an accepted cross-sell offer, or a campaign, in which an order counts for it. */
  readonly attributionDays: number;
  /** Offers with one of these words in their kind are cross-sell offers. */
  readonly crossSellWords: readonly string[];
}

export const usualKpiRules: Omit<KpiRules, 'dayOf'> = {
  onlineChannels: new Set(['web', 'app', 'email', 'sms', 'chat', 'social', 'server', 'device']),
  winbackPlaybooks: new Set(['win-back', 'second-development']),
  attributionDays: 30,
  crossSellWords: ['cross', '交叉'],
};

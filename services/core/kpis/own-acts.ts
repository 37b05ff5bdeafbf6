import type { FeatureState } from '../features/customer-state.ts';
import { findTile } from '../features/day-search.ts';
import { counterId, type SignalCounter } from '../features/signals/signal-counters.ts';
import type { EpochDay } from '../units.ts';

/** Counters that acts of the customer alone move, each by one: those of the types counted as `first-of-day`. */
const ownCounters: readonly SignalCounter[] = [
  'sessions', 'logins', 'featuresUsed', 'productViews', 'cartUpdates', 'contactsOpened', 'contactsClicked',
  'casesOpened', 'casesReopened', 'needChanges', 'couponsRedeemed',
]; // prettier-ignore

const isOwn = new Uint8Array(Object.keys(counterId).length);
for (const counter of ownCounters) isOwn[counterId[counter]] = 1;

/** Acts of the customer that the features hold on a business day; 0 beyond the horizon, where days are forgotten. */
export function ownActsOn({ signalTiles }: Pick<FeatureState, 'signalTiles'>, day: EpochDay): number {
  const tile = signalTiles[findTile(signalTiles, day)];
  if (tile?.day !== day) return 0;
  const { counts } = tile;
  let acts = 0;
  for (let at = 0; at < counts.length; at += 2) if (isOwn[counts[at]] === 1) acts += counts[at + 1];
  return acts;
}

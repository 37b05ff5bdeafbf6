import type { CellReader } from '../expression.ts';
import type { Bounds } from '../kpi-target.ts';
import type { Period } from '../period.ts';

/** What winning customers cost in one period, through one channel or all of them. */
export interface AcquisitionCost {
  readonly period: Period;
  /** Null for all channels together, spend that names none among it. */
  readonly channel: string | null;
  readonly spendMinor: number;
  readonly newCustomers: number;
  /** Spend ÷ new customers, in minor units; null without new customers. */
  readonly costMinor: number | null;
  /** Outside the band: below or above. Null within it, and where nothing can be said. */
  readonly alert: 'below' | 'above' | null;
}

/** Cells of one period: of the whole, and by channel. */
export interface ChannelCells {
  readonly period: Period;
  readonly whole: CellReader;
  readonly channels: ReadonlyMap<string, CellReader>;
}

/**
 * Acquisition cost by period and channel; a channel stands where it has spend or new customers. New customers count for the
 * channel of their first order, spend for the channel its row names: what one channel does for another is not seen.
 * @param band in minor units; null gives no alert
 */
export function acquisitionCosts(months: readonly ChannelCells[], band: Bounds | null): readonly AcquisitionCost[] {
  return months.flatMap(({ period, whole, channels }) => [
    costOf(period, null, whole, band),
    ...[...channels]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([channel, cells]) => costOf(period, channel, cells, band))
      .filter(({ spendMinor, newCustomers }) => spendMinor !== 0 || newCustomers !== 0),
  ]);
}

function costOf(period: Period, channel: string | null, cells: CellReader, band: Bounds | null): AcquisitionCost {
  const spendMinor = cells.cell('spend_acquisition_minor');
  const newCustomers = cells.cell('new_customers');
  const costMinor = newCustomers > 0 ? spendMinor / newCustomers : null;
  // A channel without any spend has no cost that was imported: that is no bargain to be warned of.
  const alert = costMinor === null || spendMinor === 0 || band === null ? null : alertOf(costMinor, band);
  return { period, channel, spendMinor, newCustomers, costMinor, alert };
}

function alertOf(costMinor: number, { least, most }: Bounds): 'below' | 'above' | null {
  if (least !== null && costMinor < least) return 'below';
  return most !== null && costMinor > most ? 'above' : null;
}

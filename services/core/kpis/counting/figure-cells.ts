import type { CellName } from '../cells.ts';
import type { FigureRow } from '../customer-ledger.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { DatedCell } from './cell-changes.ts';
import { textOf } from './text-of.ts';

/** Which cell each sort of imported cost is counted in. */
export const spendCells: Readonly<Record<string, CellName>> = {
  acquisition: 'spend_acquisition_minor',
  retention: 'spend_retention_minor',
  upkeep: 'spend_upkeep_minor',
  people: 'spend_people_minor',
  system: 'spend_system_minor',
  operating: 'operating_cost_minor',
};

/** Which cell each figure that can be typed in is counted in, in millionths. */
export const typedCells: Readonly<Record<string, CellName>> = {
  market_share: 'typed_market_share',
  crm_maturity: 'typed_crm_maturity',
};

/** What an imported or typed row adds as it stands; a sort that is not known adds nothing. */
export function figureCells(row: FigureRow, { dayOf }: KpiRules): readonly DatedCell[] {
  const cell = (row.kind === 'spend' ? spendCells : typedCells)[row.type];
  if (cell === undefined || row.amountMinor === null) return [];
  const slices = { channel: row.channel, playbook: textOf(row, 'playbook'), campaign: textOf(row, 'campaign') };
  return [{ day: dayOf(row.at), cell, by: row.amountMinor, slices }];
}

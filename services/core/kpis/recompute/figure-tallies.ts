import type { CellName } from '../cells.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { PastFigure } from './kpi-history.ts';
import type { Tally } from './tally.ts';

const cellOf: Readonly<Record<string, CellName>> = {
  'spend acquisition': 'spend_acquisition_minor',
  'spend retention': 'spend_retention_minor',
  'spend upkeep': 'spend_upkeep_minor',
  'spend people': 'spend_people_minor',
  'spend system': 'spend_system_minor',
  'spend operating': 'operating_cost_minor',
  'typed market_share': 'typed_market_share',
  'typed crm_maturity': 'typed_crm_maturity',
};

export function figureTallies(figure: PastFigure, rules: KpiRules): readonly Tally[] {
  const { kind, type, at, amountMinor, channel, playbook, campaign } = figure;
  const cell = cellOf[`${kind} ${type}`] as CellName | undefined;
  if (cell === undefined || amountMinor === null) return [];
  return [{ day: rules.dayOf(at), cell, by: amountMinor, place: { channel, playbook, campaign } }];
}

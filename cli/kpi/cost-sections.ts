import type { AcquisitionCost } from '../../services/core/kpis/costs/acquisition-cost.ts';
import type { CohortRetention } from '../../services/core/kpis/costs/cohort-retention.ts';
import type { GroupCosts } from '../../services/core/kpis/costs/cost-ledger.ts';
import type { PlaybookCosts } from '../../services/core/kpis/costs/playbook-costs.ts';
import { periodName } from '../../services/core/kpis/period.ts';
import { formatMoney, type ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord, type ReportWord } from './report-words.ts';

interface Format {
  readonly currency: string;
  readonly language: ReportLanguage;
}

/** Cohorts against the band that the handbooks quote. */
export function cohortSection(cohorts: readonly CohortRetention[], language: ReportLanguage): ReportSection {
  const rows = cohorts.map(({ months, customers, share, low, high, band, verdict }) => [
    String(months),
    String(customers),
    share === null ? '-' : percent(share),
    low === null || high === null ? '-' : `${percent(low)} – ${percent(high)}`,
    `${percent(band.least)} – ${percent(band.most)}`,
    verdict === null ? '-' : reportWord(verdict, language),
  ]);
  return section('cohorts', { heads: ['age', 'customers', 'kept', 'interval', 'band', 'verdict'], rows, language });
}

/** Acquisition cost by month and channel, with what lies outside the band. */
export function acquisitionSection(costs: readonly AcquisitionCost[], { currency, language }: Format): ReportSection {
  const rows = costs.map(({ period, channel, spendMinor, newCustomers, costMinor, alert }) => [
    periodName(period),
    channel ?? reportWord('all', language),
    formatMoney(spendMinor, currency),
    String(newCustomers),
    costMinor === null ? '-' : formatMoney(costMinor, currency),
    alert === null ? '-' : `⚠ ${reportWord(alert, language)}`,
  ]);
  const heads = ['month', 'channel', 'spend', 'newCustomers', 'perCustomer', 'verdict'] as const;
  return section('acquisition', { heads, rows, language, note: 'acquisitionNote' });
}

/** What customers are worth once they are paid for. */
export function costSection(costs: readonly GroupCosts[], { currency, language }: Format): ReportSection {
  const money = (minor: number | null): string => (minor === null ? '-' : formatMoney(minor, currency));
  const rows = costs.map((row) => [
    row.group ?? reportWord('all', language),
    String(row.activeCustomers),
    ...[row.clvMinor, row.cacMinor, row.taskCostMinor, row.spreadCostMinor, row.upkeepMinor, row.worthMinor].map(money),
  ]);
  const heads = ['group', 'active', 'clv', 'cac', 'taskCost', 'spread', 'upkeep', 'worth'] as const;
  return section('costs', { heads, rows, language, note: 'costsNote' });
}

/** What each playbook cost. */
export function playbookSection(playbooks: readonly PlaybookCosts[], { currency, language }: Format): ReportSection {
  const money = (minor: number | null): string => (minor === null ? '-' : formatMoney(minor, currency));
  const rows = playbooks.map((row) => [
    row.playbook,
    String(row.treatedTasks),
    ...[row.taskCostMinor, row.spendMinor, row.costPerTaskMinor, row.treatedRevenueMinor, row.holdoutRevenueMinor].map(
      money,
    ),
  ]);
  const heads = ['playbook', 'treated', 'taskCost', 'spend', 'perTask', 'revenueTreated', 'revenueHeld'] as const;
  return section('playbooks', { heads, rows, language });
}

interface Drawn {
  readonly heads: readonly ReportWord[];
  readonly rows: readonly (readonly string[])[];
  readonly language: ReportLanguage;
  readonly note?: ReportWord;
}

function section(title: ReportWord, { heads, rows, language, note }: Drawn): ReportSection {
  return {
    title: reportWord(title, language),
    note: note === undefined ? null : reportWord(note, language),
    heads: heads.map((head) => reportWord(head, language)),
    rows,
    lights: null,
    isQuoted: false,
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

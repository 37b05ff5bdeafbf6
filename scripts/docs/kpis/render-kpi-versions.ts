import { parse, stringify } from 'yaml';
import { kpiRegistry } from '../../../services/core/kpis/kpi-registry.ts';
import { measuredKpis } from '../../../services/core/kpis/measured-kpis.ts';
import { toProse } from '../../../services/core/kpis/to-prose.ts';

const heading = `# Every formula that a version of a KPI ever had: what was recorded or reported under a version stays what it was. Written by
# \`npm run docs:generate\`, which adds versions and changes none.
`;

export type KpiVersions = Readonly<Record<string, Readonly<Record<number, string>>>>;

/** The file with the versions of today added; what stands in it stays, also where it differs from today's formula. */
export function renderKpiVersions(before: string): string {
  const known = readKpiVersions(before);
  const now = currentVersions();
  const keys = [...new Set([...Object.keys(now), ...Object.keys(known)])];
  const all = Object.fromEntries(keys.map((key) => [key, { ...now[key], ...known[key] }]));
  return heading + stringify(all, { lineWidth: 0 });
}

export function readKpiVersions(text: string): KpiVersions {
  return (parse(text) ?? {}) as KpiVersions;
}

export function currentVersions(): KpiVersions {
  const counted = kpiRegistry.map(({ key, version, formula }) => [key, { [version]: toProse(formula, 'en') }]);
  const measured = measuredKpis.map(({ key, version, promql }) => [key, { [version]: promql }]);
  return Object.fromEntries([...counted, ...measured]) as KpiVersions;
}

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allBoards } from '../../../observability/dashboards/all-boards.ts';
import type { DashboardJson } from '../../../observability/lint/lint-dashboard.ts';
import { readRegistered } from '../../../observability/promql/known-metrics.ts';
import { eventually } from '../../support/eventually.ts';
import { rootDir } from '../../support/root-dir.ts';
import { isKpi, quietPanels } from './quiet-panels.ts';
import { jobs, startDemo, type RunningDemo } from '../../support/running-demo.ts';

const boards = JSON.parse(JSON.stringify(allBoards)) as readonly DashboardJson[];
const targets = boards.flatMap(({ uid, panels }) =>
  panels.flatMap((panel) =>
    (panel.targets ?? []).map(({ expr }) => ({ place: `${uid}: ${panel.title ?? ''}`, expr: expr ?? '' })),
  ),
);

/** As Grafana fills it in for a short range. */
function filledIn(expr: string): string {
  return expr.replaceAll('[$__rate_interval]', '[10s]').replaceAll(/"\$(?:job|instance|tenant)(\|?)"/g, '".*$1"');
}

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemo(['--rate', '50']);
});
afterAll(() => demo.stop());

describe('a real Prometheus that scrapes the demo', () => {
  it('answers every panel with data, but for those that wait for an event', async () => {
    const awaited = targets.filter(({ place }) => !isKpi(place) && !(place in quietPanels));
    expect(awaited.length).toBeGreaterThan(40);
    await eventually(async () => {
      const found = await Promise.all(awaited.map(({ expr }) => demo.query(filledIn(expr))));
      expect(awaited.filter((_target, index) => found[index].length === 0)).toEqual([]);
    });
  });

  it('takes every expression', async () => {
    for (const { place, expr } of targets) await expect(demo.query(filledIn(expr)), place).resolves.toBeDefined();
  });

  it('names only panels that exist as quiet', () => {
    const places = new Set(targets.map(({ place }) => place));
    expect(Object.keys(quietPanels).filter((place) => !places.has(place))).toEqual([]);
  });

  it('sees the metrics that observability/metrics.json lists, as they are registered', async () => {
    const pages = await Promise.all(
      jobs.map(async (job) => [job, await (await fetch(`${demo.file[job]}/metrics`)).text()] as const),
    );
    const seen = readRegistered(Object.fromEntries(pages));
    // `npx vitest run THIS_FILE -u` writes the list anew.
    await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot(
      join(rootDir, 'observability', 'metrics.json'),
    );
  });
});

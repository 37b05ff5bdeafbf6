import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../../../models/report/render-report.ts';
import { retentionReport } from '../../../../models/report/retention-report.ts';
import type { ReportChart } from '../../../../models/report/report-page.ts';
import { areaUnderCurve } from '../../../../models/training/measures/area-under-curve.ts';
import { trainModel } from '../../../../models/training/train-model.ts';
import type { TrainedModel } from '../../../../models/training/trained-model.ts';
import { writeArtefact } from '../../../../models/training/write-artefact.ts';
import type { ModelManifest } from '../../../../services/core/scoring/model-manifest.ts';
import { makeSyntheticOrders } from '../../../support/synthetic-orders.ts';

const quiet = {
  say: () => undefined,
  phaseBegins: () => undefined,
  epochDone: () => undefined,
  phaseEnds: () => undefined,
};
const request = { until: 480, horizonDays: 90, timezone: 'UTC', currency: 'GBP', seeds: 1, seed: 1, epochs: 2, backend: 'wasm', progress: quiet } as const; // prettier-ignore

let dir: string;
let trained: TrainedModel;
let manifest: ModelManifest;
let page: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidewatch-report-'));
  trained = await trainModel(makeSyntheticOrders({ customers: 120, days: 480, seed: 11 }), request);
  const label = { name: 'retention', version: '7', source: '<orders> & "co".csv', command: 'tidewatch train' };
  manifest = await writeArtefact(dir, trained, { label, request });
  page = await readFile(join(dir, 'report.html'), 'utf8');
});

afterAll(() => rm(dir, { recursive: true, force: true }));

interface Data {
  readonly figures: Record<string, number>;
  readonly charts: readonly ReportChart[];
}

function dataOf(html: string): Data {
  return JSON.parse(/<script type="application\/json" id="report-data">(.*)<\/script>/.exec(html)?.[1] ?? '') as Data;
}

const chartOf = (title: string): ReportChart => {
  const chart = dataOf(page).charts.find((one) => one.title === title);
  if (chart === undefined) throw new Error(`no chart ${title}`);
  return chart;
};

describe('the report of a training run', () => {
  it('has a plot for every question, drawn', () => {
    const titles = ['Reliability', 'Gain', 'Lift', 'Receiver operating characteristic', 'Precision and recall', 'Value by decile', 'Importance', 'Drift between cuts']; // prettier-ignore
    expect(dataOf(page).charts.map(({ title }) => title)).toEqual(titles);
    const drawings = page.match(/<svg[^]*?<\/svg>/g) ?? [];
    expect(drawings).toHaveLength(titles.length);
    for (const drawing of drawings) expect(drawing).toMatch(/<path[^>]* d="M[^"]{10,}"/);
  });

  it('shows the figures of the manifest', () => {
    expect(dataOf(page).figures).toMatchObject(manifest.metrics);
    expect(page).toContain(`<td>auc90</td><td>${manifest.metrics['auc90']?.toFixed(4)}</td>`);
  });

  it('plots numbers that agree with the figures', () => {
    const { churn, silent, inputDrift, scoreDrift, importance } = trained.evidence();
    expect(areaUnderCurve(churn, silent)).toBe(manifest.metrics['auc90']);
    const roc = chartOf('Receiver operating characteristic').points;
    const area = roc.slice(1).reduce((sum, { x = 0, y }, i) => sum + ((x - (roc[i].x ?? 0)) * (y + roc[i].y)) / 2, 0);
    expect(area).toBeCloseTo(manifest.metrics['auc90'] ?? NaN, 10);
    const gaps = new Map<number, { expected: number; real: number }>();
    for (const { x = 0, y, series } of chartOf('Value by decile').points) {
      gaps.set(x, { expected: 0, real: 0, ...gaps.get(x), [series]: y });
    }
    const relative = [...gaps.values()].filter(({ real }) => real > 0).map(({ expected, real }) => Math.abs(expected - real) / real); // prettier-ignore
    const mape = relative.reduce((sum, gap) => sum + gap, 0) / relative.length;
    expect(mape).toBeCloseTo(manifest.metrics['spendDecileMape'] ?? NaN, 10);
    const drift = chartOf('Drift between cuts').points;
    expect(drift[0]).toMatchObject({ name: 'score', y: scoreDrift });
    expect(drift[1]).toMatchObject({ name: inputDrift[0].name, y: inputDrift[0].psi });
    expect(chartOf('Importance').points[0]).toMatchObject({ name: importance[0].name, y: importance[0].aucLoss });
  });

  it('needs nothing beside itself, and no name breaks out of the text', () => {
    expect(page).not.toMatch(
      /https?:|\b(?:src|href|action|data)=|@import|url\(|<link|<iframe|<script(?! type="application\/json")/i,
    );
    expect(page).not.toContain('<orders>');
  });

  it('is the same, byte for byte, when made again in the same process', async () => {
    expect(await renderReport(retentionReport(manifest, trained.evidence()))).toBe(page);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allKpis } from '../../../../services/core/kpis/all-kpis.ts';
import { whatIf } from '../../../../services/core/kpis/benchmarks/what-if.ts';
import { readBenchmarks } from '../../../../services/platform/runtime/read-benchmarks.ts';
import { readMeasures } from '../../../../services/platform/runtime/read-measures.ts';
import { rootDir } from '../../../support/root-dir.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-benchmarks-'));
});
afterEach(() => rm(directory, { recursive: true }));

const han = /\p{Script=Han}/u;

describe('quoted figures', () => {
  it('name their handbook, their row and a KPI that there is, in both languages', async () => {
    const { benchmarks, elasticities } = await readBenchmarks(null);
    const known = new Set([...allKpis.values()].map(({ handbook }) => handbook));
    for (const { documents, kpi, text, from, to } of benchmarks) {
      expect(documents.every((document) => /^00[0-4]$/.test(document))).toBe(true);
      if (kpi !== null) expect(known).toContain(kpi);
      expect(text.zhCN).toMatch(han);
      expect(text.en).not.toMatch(han);
      if (to !== null) expect(to).toBeGreaterThanOrEqual(from);
    }
    const rows = new Set([...benchmarks, ...elasticities].map(({ row }) => row));
    for (const row of ['F1', 'F2', 'F7', 'G1', 'L4', 'L5', 'S3', 'S4']) expect(rows).toContain(row);
  });

  it('are refused with every problem and its place', async () => {
    const text = await readFile(join(rootDir, 'kpis/benchmarks.yaml'), 'utf8');
    const path = join(directory, 'benchmarks.yaml');
    await writeFile(path, text.replace('kind: level', 'kind: promise').replace('per: 1,', 'per: 0,'));
    const refused = readBenchmarks(path);
    await expect(refused).rejects.toMatchObject({ code: 'ERR_KPIS_INVALID' });
    await expect(refused).rejects.toThrow(/benchmarks\.1\.kind: [^]*elasticities\.0\.per: must not be 0/);
  });
});

describe('what if', () => {
  it('scales a quoted elasticity on a straight line, and leaves an open end open', async () => {
    const { elasticities } = await readBenchmarks(null);
    const [profit, revenue] = whatIf(elasticities, 'loyalty', 2);
    expect([profit.low, profit.high, profit.isVerified]).toEqual([40, null, false]);
    expect(revenue.low).toBeCloseTo(1, 12);
    expect(revenue.high).toBeCloseTo(1.6, 12);
    const [loss, less] = whatIf(elasticities, 'loyalty', -1);
    expect([loss.low, loss.high]).toEqual([null, -20]);
    expect(less.low).toBeCloseTo(-0.8, 12);
    const [faster] = whatIf(elasticities, 'feedback-days', -2);
    expect([faster.low, faster.high]).toEqual([16, 16]);
    expect(whatIf(elasticities, 'weather', 1)).toEqual([]);
  });
});

describe('measures', () => {
  it('answer every KPI, through playbooks that there are, in both languages', async () => {
    const { measures } = await readMeasures(null);
    const answered = new Set(measures.flatMap(({ kpis }) => kpis));
    for (const { handbook } of allKpis.values()) expect(answered).toContain(handbook);
    const file = parse(await readFile(join(rootDir, 'playbooks/default.yaml'), 'utf8')) as { playbooks: object };
    for (const { playbooks, text } of measures) {
      for (const playbook of playbooks) expect(file.playbooks).toHaveProperty([playbook]);
      expect(text.zhCN).toMatch(han);
    }
  });
});

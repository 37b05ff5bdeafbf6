import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDesign } from '../../models/policy/design-shares.ts';
import { learnPolicy } from '../../models/policy/learn-policy.ts';
import { readExperiment } from '../../models/policy/read-experiment.ts';
import { chooseSettings } from '../../models/recommend/choose-settings.ts';
import { evaluateRecommender } from '../../models/recommend/evaluate-recommender.ts';
import type { LineColumns } from '../../models/recommend/line-columns.ts';
import { readLines } from '../../models/recommend/read-lines.ts';
import { fitRecommender } from '../../models/recommend/recommender.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { epochDayFromIso } from '../../services/core/events/epoch-day.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
const hillstrom = at('hillstrom-email/hillstrom.csv.gz');
const retail = ['2009-12-01_2010-11-30', '2010-12-01_2011-09-09'].map((span) =>
  at(`online-retail-ii/lines_${span}.csv.gz`),
);
const grocery = [at('completejourney-sample/transactions_sample.csv.gz')];
const retailColumns = { customer_id: 'CustomerID', timestamp: 'InvoiceDate', item: 'StockCode', quantity: 'Quantity' };
const groceryColumns = {
  customer_id: 'household_id',
  timestamp: 'transaction_timestamp',
  item: 'product_id',
  quantity: 'quantity',
};

async function recommendAt(files: readonly string[], columns: LineColumns, cut: string, repeats: boolean) {
  const { lines } = await readLines(files, columns, createBusinessCalendar('Europe/London'));
  const request = { cut: epochDayFromIso(cut), historyDays: 365, horizonDays: 60, top: 10, maxItems: 500, repeats };
  const { settings, popularDays } = chooseSettings(lines, request, () => undefined);
  const recommender = fitRecommender(lines, request, settings ?? { popularDays });
  return { settings, report: evaluateRecommender(lines, recommender, request, popularDays) };
}

describe.runIf(existsSync(hillstrom))('the Hillstrom e-mail test', () => {
  it('is answered by "Mens E-Mail to all": choosing per customer is not better beyond its interval', async () => {
    const context = ['recency', 'history', 'mens', 'womens', 'zip_code', 'newbie', 'channel'];
    const experiment = await readExperiment(hillstrom, {
      id: 'row_id',
      arm: 'segment',
      reward: 'visit',
      propensity: parseDesign('Mens E-Mail=1/3,Womens E-Mail=1/3,No E-Mail=1/3'),
      context,
    });
    const learnt = learnPolicy(experiment, { context, folds: 3, foldDone: () => undefined });
    expect(experiment.log.arms[learnt.bestArm]).toBe('Mens E-Mail');
    expect(learnt.perCustomer).toBeNull();
    const [mens, none, womens, perCustomer] = learnt.judged.map(({ dr }) => dr);
    expect(mens.low).toBeGreaterThan(womens.high);
    expect(womens.low).toBeGreaterThan(none.high);
    // what was measured on the rows held back: .1841 (standard error .005) and .1068
    expect(Math.abs(mens.value - 0.1841)).toBeLessThan(0.012);
    expect(Math.abs(none.value - 0.1068)).toBeLessThan(0.012);
    // and telling customers apart is no loss either
    expect(learnt.gain.high).toBeGreaterThan(0);
    expect(perCustomer.value).toBeGreaterThan(womens.high);
  });
});

describe.runIf(retail.every((file) => existsSync(file)))('items recommended to customers of Online Retail II', () => {
  it('that are new to them beat the most-popular list beyond the interval', async () => {
    const { settings, report } = await recommendAt(retail, retailColumns, '2011-07-01', false);
    expect(settings).not.toBeNull();
    expect(report.customers).toBeGreaterThan(1000);
    expect(report.recall.difference.low).toBeGreaterThan(0.02);
    expect(report.ndcg.difference.low).toBeGreaterThan(0.02);
    expect(report.recall.ours).toBeGreaterThan(0.12);
  });
});

describe.runIf(grocery.every((file) => existsSync(file)))(
  'items recommended to households of The Complete Journey',
  () => {
    it('beat the most-popular list beyond the interval where repeats are named', async () => {
      const { report } = await recommendAt(grocery, groceryColumns, '2017-10-15', true);
      expect(report.customers).toBeGreaterThan(1500);
      expect(report.recall.difference.low).toBeGreaterThan(0.003);
      expect(report.ndcg.difference.low).toBeGreaterThan(0);
    });

    it('are the most popular ones where only new ones are named: the sample of its lines tells no better', async () => {
      const { settings, report } = await recommendAt(grocery, groceryColumns, '2017-10-15', false);
      expect(settings).toBeNull();
      expect(report.recall.difference.value).toBe(0);
    });
  },
);

import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { chooseSettings, triedSettings } from '../../models/recommend/choose-settings.ts';
import type { ComparedMeasure } from '../../models/recommend/compare-measures.ts';
import { evaluateRecommender, type RecommenderReport } from '../../models/recommend/evaluate-recommender.ts';
import { parseLineColumns } from '../../models/recommend/line-columns.ts';
import { readLines, type ReadLines } from '../../models/recommend/read-lines.ts';
import type { RecommendRequest } from '../../models/recommend/recommend-request.ts';
import { fitRecommender, type Recommender } from '../../models/recommend/recommender.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { PurchaseLines } from '../../services/core/actions/purchase-lines.ts';
import type { CliIo } from '../cli-io.ts';
import { createCountProgress } from '../count-progress.ts';
import { csvLine } from '../csv-line.ts';
import { describeInterval } from '../policy/describe-judged.ts';
import { readDay, readTimezone, readWhole } from '../read-options.ts';

interface RecommendOptions {
  readonly lines: readonly string[];
  readonly cut: string;
  readonly out: string;
  readonly map: string;
  readonly timezone: string;
  readonly top: string;
  readonly history: string;
  readonly horizon: string;
  readonly maxItems: string;
  readonly repeats: boolean;
  readonly evaluate: boolean;
}

/** `tidewatch recommend`: sales lines in, items per customer out. */
export function addRecommendVerb(program: Command, io: CliIo): void {
  program
    .command('recommend')
    .description(
      'Recommend items to each customer by what was bought together, and compare with the most-popular list.',
    )
    .requiredOption('--lines <file...>', 'CSV files (.gz as well) with a header, one item bought per row')
    .requiredOption('--cut <day>', 'first day that is not looked at, YYYY-MM-DD')
    .requiredOption('--out <file>', 'CSV file to write')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,item=…,quantity=…', '')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--top <n>', 'items per customer', '10')
    .option('--history <days>', 'days before the cut that are looked at', '365')
    .option('--horizon <days>', 'days in which a recommendation can come true', '60')
    .option('--max-items <n>', 'items that are told apart, those with the most buyers of late', '800')
    .option('--repeats', 'also items that the customer has bought before', false)
    .option('--evaluate', 'compare with what was bought from the cut on', false)
    .action((options: RecommendOptions) => recommend(options, io));
}

async function recommend(options: RecommendOptions, io: CliIo): Promise<void> {
  const request: RecommendRequest = {
    cut: readDay('--cut', options.cut),
    historyDays: readWhole('--history', options.history, [1, 3650]),
    horizonDays: readWhole('--horizon', options.horizon, [1, 365]),
    top: readWhole('--top', options.top, [1, 100]),
    maxItems: readWhole('--max-items', options.maxItems, [2, 5000]),
    repeats: options.repeats,
  };
  const calendar = createBusinessCalendar(readTimezone('--timezone', options.timezone));
  const read = await readLines(options.lines, parseLineColumns(options.map), calendar);
  io.stderr.write(describeLines(read));
  const { lines } = read;
  const progress = createCountProgress(io, 'settings tried on the cut one horizon earlier', triedSettings.length);
  const { settings, popularDays } = chooseSettings(lines, request, () => progress.add(1));
  progress.end();
  if (settings === null)
    io.stdout.write(
      'On the earlier cut no way to recommend beat the most-popular list beyond its interval: the most popular items are named.\n',
    );
  const recommender = fitRecommender(lines, request, settings ?? { popularDays });
  if (options.evaluate) {
    const report = evaluateRecommender(lines, recommender, request, popularDays);
    io.stdout.write(describeReport(report, request, popularDays));
  }
  await writeLists(options.out, lines, recommender);
  io.stdout.write(`Items for ${recommender.histories.size} customers written to ${options.out}\n`);
}

async function writeLists(out: string, { customers, items }: PurchaseLines, recommender: Recommender): Promise<void> {
  const { histories, listFor } = recommender;
  function* rows() {
    yield csvLine(['customer_id', 'rank', 'item', 'score', 'because_of']);
    for (const [customer, history] of histories) {
      for (const [place, { item, score, because }] of listFor(history).entries()) {
        const reason = because === null ? '' : items[because];
        yield csvLine([customers[customer], String(place + 1), items[item], score.toFixed(6), reason]);
      }
    }
  }
  await pipeline(rows, createWriteStream(out)).catch((error: unknown) => {
    throw dataFileError(`${out} cannot be written (${(error as Error).message}); check --out.`, error);
  });
}

function describeLines({ lines, anonymous, returned, skipped, firstProblem }: ReadLines): string {
  const unreadable = skipped === 0 ? '' : `, ${skipped} unreadable (${firstProblem})`;
  return `Read ${lines.day.length} lines of ${lines.customers.length} customers and ${lines.items.length} items; left out: ${anonymous} without a customer, ${returned} returns${unreadable}\n`;
}

function describeReport(
  report: RecommenderReport,
  { top, horizonDays }: RecommendRequest,
  popularDays: number,
): string {
  const line = (name: string, { ours, popular, difference }: ComparedMeasure): string =>
    `  ${name}@${top}  ${ours.toFixed(4)}  most popular ${popular.toFixed(4)}  difference ${describeInterval(difference)}\n`;
  return (
    `${report.customers} customers who bought from the cut on within ${horizonDays} days; most popular of ${popularDays} days (95 % intervals):\n` +
    line('recall', report.recall) +
    line('NDCG', report.ndcg)
  );
}

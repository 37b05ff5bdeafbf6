import { basename } from 'node:path';
import type { Command } from 'commander';
import type { ExperimentColumns } from '../../models/policy/experiment-columns.ts';
import { learnPolicy, type LearntPolicy } from '../../models/policy/learn-policy.ts';
import type { LoggedExperiment } from '../../models/policy/logged-experiment.ts';
import type { PolicyDocument } from '../../models/policy/policy-document.ts';
import { readExperiment } from '../../models/policy/read-experiment.ts';
import { writePolicy } from '../../models/policy/write-policy.ts';
import type { CliIo } from '../cli-io.ts';
import { createCountProgress } from '../count-progress.ts';
import { readWhole } from '../read-options.ts';
import { assertContextIsBefore } from './assert-context-is-before.ts';
import { describeInterval, describeJudged, describeUplift } from './describe-judged.ts';
import { addExperimentOptions, experimentColumns, readNames, type ExperimentOptions } from './experiment-options.ts';
import { judgeArmUplift, type ArmUplift } from './judge-arm-uplift.ts';

interface LearnOptions extends ExperimentOptions {
  readonly context: string;
  readonly folds: string;
  readonly control?: string;
  readonly resamples: string;
  readonly seed: string;
  readonly out: string;
}

/** `tidewatch policy learn`: the log of an experiment in, a policy out. */
export function addLearnVerb(policy: Command, io: CliIo): void {
  addExperimentOptions(
    policy
      .command('learn')
      .description('Learn whom to give which action, and say whether that is better than the same one for all.'),
  )
    .requiredOption('--context <columns>', 'columns known before the action, parted by commas')
    .requiredOption('--out <file>', 'policy file to write (JSON)')
    .option('--folds <n>', 'parts of the customers; each is judged by what the others taught', '5')
    .option('--control <arm>', 'arm over which uplift and Qini of the other ones are shown')
    .option('--resamples <n>', 'bootstrap samples for their intervals', '200')
    .option('--seed <n>', 'seed of the bootstrap', '1')
    .action((options: LearnOptions) => learn(options, io));
}

async function learn(options: LearnOptions, io: CliIo): Promise<void> {
  const columns = experimentColumns(options, readNames('--context', options.context));
  assertContextIsBefore(columns);
  const folds = readWhole('--folds', options.folds, [2, 20]);
  const resamples = readWhole('--resamples', options.resamples, [20, 100_000]);
  const seed = readWhole('--seed', options.seed, [0, 2 ** 31 - 1]);
  const experiment = await readExperiment(options.log, columns);
  const progress = createCountProgress(io, 'folds learnt', folds);
  const learnt = learnPolicy(experiment, { context: columns.context, folds, foldDone: () => progress.add(1) });
  progress.end();
  const { control } = options;
  const uplifts =
    control === undefined ? [] : judgeArmUplift(experiment.log, learnt.values, { control, resamples, seed });
  await writePolicy(options.out, toDocument(learnt, experiment, columns, { source: basename(options.log), folds }));
  io.stdout.write(summarize(learnt, experiment, uplifts));
  io.stdout.write(`Policy written to ${options.out}\n`);
}

function toDocument(
  { bestArm, perCustomer, judged, gain }: LearntPolicy,
  { log, customers }: LoggedExperiment,
  { context, reward, propensity }: ExperimentColumns,
  from: { readonly source: string; readonly folds: number },
): PolicyDocument {
  return {
    format: 1,
    arms: log.arms,
    bestArm: log.arms[bestArm],
    context,
    perCustomer,
    learnt: {
      source: from.source,
      rows: log.arm.length,
      customers: customers.length,
      reward,
      propensity: typeof propensity === 'string' ? propensity : Object.fromEntries(propensity),
      folds: from.folds,
    },
    judged,
    gain,
  };
}

function summarize(
  { bestArm, perCustomer, judged, gain }: LearntPolicy,
  { log, customers }: LoggedExperiment,
  uplifts: readonly ArmUplift[],
): string {
  const best = log.arms[bestArm];
  const found =
    perCustomer === null
      ? `Treat all alike: give everybody "${best}". Choosing per customer is not shown to be better`
      : `Choose per customer: that is better than giving everybody "${best}"`;
  return (
    `${log.arm.length} rows of ${customers.length} customers, judged on customers that were not learnt from (95 % intervals):\n` +
    `${describeJudged(judged)}${describeUplift(uplifts)}` +
    `${found}: paired difference ${describeInterval(gain)}.\n`
  );
}

import { basename } from 'node:path';
import type { Command } from 'commander';
import { chooseArm } from '../../services/core/actions/choose-arm.ts';
import { chosenPolicy } from '../../models/policy/chosen-policy.ts';
import { evaluatePolicy, type EvaluatedPolicy, type PolicyToEvaluate } from '../../models/policy/evaluate-policy.ts';
import type { LoggedExperiment } from '../../models/policy/logged-experiment.ts';
import type { PolicyDocument } from '../../models/policy/policy-document.ts';
import { readExperiment } from '../../models/policy/read-experiment.ts';
import { readPolicy } from '../../models/policy/read-policy.ts';
import type { CliIo } from '../cli-io.ts';
import { readWhole } from '../read-options.ts';
import { usageError } from '../usage-error.ts';
import { assertContextIsBefore } from './assert-context-is-before.ts';
import { describeInterval, describeJudged } from './describe-judged.ts';
import { addExperimentOptions, experimentColumns, readNames, type ExperimentOptions } from './experiment-options.ts';

interface EvaluateOptions extends ExperimentOptions {
  readonly policy?: string;
  readonly choices?: string;
  readonly context?: string;
  readonly folds: string;
}

/** `tidewatch policy evaluate`: what actions would have earned, from a log of other ones. */
export function addEvaluateVerb(policy: Command, io: CliIo): void {
  addExperimentOptions(
    policy
      .command('evaluate')
      .description('Say what each action for all, and a policy, would have earned on the log of an experiment.'),
  )
    .option('--policy <file>', 'policy file to evaluate, on a log that it was not learnt from')
    .option('--choices <column>', 'or the column of the log with the action that some other policy would take')
    .option('--context <columns>', 'columns known before the action; they narrow the intervals')
    .option('--folds <n>', 'parts of the customers for the models of expected rewards', '5')
    .action((options: EvaluateOptions) => evaluate(options, io));
}

async function evaluate(options: EvaluateOptions, io: CliIo): Promise<void> {
  const folds = readWhole('--folds', options.folds, [2, 20]);
  if (options.policy !== undefined && options.choices !== undefined)
    throw usageError('--policy and --choices both name a policy; give one of them.');
  const document = options.policy === undefined ? null : await readPolicy(options.policy);
  const more = options.context === undefined ? [] : readNames('--context', options.context);
  const names = [...new Set([...(document?.perCustomer ? document.context : []), ...more])];
  const columns = experimentColumns(options, names);
  assertContextIsBefore(columns);
  const read = options.choices === undefined ? names : [...names, options.choices];
  const experiment = await readExperiment(options.log, { ...columns, context: read });
  const asked = policyToEvaluate(experiment, document, options);
  const context = experiment.context.map((cells) => cells.slice(0, names.length));
  const evaluated = evaluatePolicy({ ...experiment, context }, names, folds, asked);
  io.stdout.write(summarize(evaluated, experiment, asked));
  if (document !== null && document.learnt.source === basename(options.log))
    io.stderr.write(
      `${options.policy} was learnt from a file of the same name as this log: figures on rows it was learnt from flatter it.\n`,
    );
}

function policyToEvaluate(
  { log, context }: LoggedExperiment,
  document: PolicyDocument | null,
  { choices }: EvaluateOptions,
): PolicyToEvaluate | null {
  if (document !== null) {
    const width = document.context.length;
    const chosen = (row: number): string => chooseArm(document, context[row].slice(0, width)).arm;
    return { name: 'policy', policy: chosenPolicy(log, chosen) };
  }
  if (choices === undefined) return null;
  return { name: choices, policy: chosenPolicy(log, (row) => context[row].at(-1) ?? '') };
}

function summarize(
  { bestArm, judged, gain }: EvaluatedPolicy,
  { log, customers }: LoggedExperiment,
  asked: PolicyToEvaluate | null,
): string {
  const best = log.arms[bestArm];
  const verdict =
    gain === null || asked === null
      ? `Best for all: "${best}".\n`
      : `"${asked.name}" against "${best}" for all: paired difference ${describeInterval(gain)}, ${judge(gain)}.\n`;
  return `${log.arm.length} rows of ${customers.length} customers (95 % intervals):\n${describeJudged(judged)}${verdict}`;
}

function judge({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'no difference beyond its interval';
}

import { Command, CommanderError } from 'commander';
import type { CliIo } from './cli-io.ts';
import { describeFailure } from './describe-failure.ts';
import { addBacktestVerb } from './verbs/backtest.ts';
import { addDeliveryVerb } from './verbs/delivery.ts';
import { addDlqVerb } from './verbs/dlq.ts';
import { addDoctorVerb } from './verbs/doctor.ts';
import { addExplainVerb } from './verbs/explain.ts';
import { addImportVerb } from './verbs/import.ts';
import { addInstallationVerb } from './verbs/installation.ts';
import { addKeyVerb } from './verbs/key.ts';
import { addLoyaltyVerb } from './verbs/loyalty.ts';
import { addKpiVerb } from './verbs/kpi.ts';
import { addLabelsVerb } from './verbs/labels.ts';
import { addPlanVerb } from './verbs/plan.ts';
import { addPlaybookVerb } from './verbs/playbook.ts';
import { addPolicyVerb } from './verbs/policy.ts';
import { addPromoteVerb } from './verbs/promote.ts';
import { addProvisionVerb } from './verbs/provision.ts';
import { addRecommendVerb } from './verbs/recommend.ts';
import { addTokenVerb } from './verbs/token.ts';
import { addScoreVerb } from './verbs/score.ts';
import { addSegmentsVerb } from './verbs/segments.ts';
import { addServiceVerb } from './verbs/service.ts';
import { addTrainVerb } from './verbs/train.ts';
import { addUpliftVerb } from './verbs/uplift.ts';

/**
 * Runs one command line.
 * @param args without the program itself
 * @returns the exit code: 0 done, 1 fault, 2 usage, 78 configuration
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  let exitCode = 0;
  const program = new Command('tidewatch')
    .description('Keeps watch over customers: train models, set up and look after an installation.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
    .showHelpAfterError('Add --help to see what the command takes.');
  const finish = (code: number): void => {
    exitCode = code;
  };
  addVerbs(program, io, finish);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has already said what is wrong with the call; help asked for is no error
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { message, code } = describeFailure(error);
    io.stderr.write(`${message}\n`);
    return code;
  }
}

function addVerbs(program: Command, io: CliIo, finish: (code: number) => void): void {
  addTrainVerb(program, io, finish);
  addBacktestVerb(program, io);
  addScoreVerb(program, io);
  addExplainVerb(program, io);
  addInstallationVerb(program, io);
  addKeyVerb(program, io);
  addTokenVerb(program, io);
  addPromoteVerb(program, io, finish);
  addProvisionVerb(program, io);
  addDoctorVerb(program, io, finish);
  addDlqVerb(program, io, finish);
  addDeliveryVerb(program, io, finish);
  addPlanVerb(program, io);
  for (const addVerb of [addPlaybookVerb, addLoyaltyVerb]) addVerb(program, io);
  addImportVerb(program, io, finish);
  addSegmentsVerb(program, io);
  addServiceVerb(program, io);
  addPolicyVerb(program, io);
  addRecommendVerb(program, io);
  addUpliftVerb(program, io);
  addLabelsVerb(program, io);
  addKpiVerb(program, io, finish);
}

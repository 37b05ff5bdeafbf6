import type { Command } from 'commander';
import { readPlan } from '../../services/platform/runtime/read-plan.ts';
import type { CliIo } from '../cli-io.ts';

interface CheckOptions {
  readonly event: readonly string[];
  readonly source: string;
}

/** `tidewatch plan check`: whether a tracking plan can be used, and what names mean under it. */
export function addPlanVerb(program: Command, io: CliIo): void {
  const verb = program.command('plan').description('Look at a tracking plan: what senders call events and properties.');
  verb
    .command('check')
    .description('Check a plan file; every problem is listed. Nothing is changed and nothing is contacted.')
    .argument('<file>', 'the plan file')
    .option('--event <names...>', 'say what events of these names are under the plan', [])
    .option('--source <tenant/source>', 'for this source', 'any/any')
    .action((file: string, options: CheckOptions) => check(file, options, io));
}

async function check(file: string, options: CheckOptions, io: CliIo): Promise<void> {
  const plan = await readPlan(file);
  io.stdout.write(`${file} can be used; records will carry planVersion ${plan.version}\n`);
  const [tenant = '', source = ''] = options.source.split('/');
  for (const name of options.event) {
    const { type, isMapped } = plan.forSource(tenant, source).meaningOf(name);
    io.stdout.write(`${name} -> ${type}${isMapped ? '' : ' (not in the plan)'}\n`);
  }
}

import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { addChooseVerb } from '../policy/choose-policy-verb.ts';
import { addEvaluateVerb } from '../policy/evaluate-policy-verb.ts';
import { addLearnVerb } from '../policy/learn-policy-verb.ts';

/** `tidewatch policy`: next best actions from logged experiments. */
export function addPolicyVerb(program: Command, io: CliIo): void {
  const policy = program.command('policy').description('Next best actions from logged experiments.');
  addLearnVerb(policy, io);
  addEvaluateVerb(policy, io);
  addChooseVerb(policy, io);
}

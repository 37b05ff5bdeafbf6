import type { Command } from 'commander';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import { readLoyalty } from '../../services/platform/runtime/read-loyalty.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import type { CliIo } from '../cli-io.ts';

interface CheckOptions {
  readonly segments?: string;
}

/** `tidewatch loyalty`: look at a file of points, levels and benefits. */
export function addLoyaltyVerb(program: Command, io: CliIo): void {
  const verb = program.command('loyalty').description('Points, member levels and what members get.');
  verb
    .command('check')
    .description('Check a loyalty file; every problem is listed. Nothing is changed.')
    .argument('[file]', 'the loyalty file (default: the one that comes with Tidewatch)')
    .option('--segments <file>', 'segment configuration (default: TIDEWATCH_SEGMENTS_FILE, or the shipped one)')
    .action((file: string | undefined, options: CheckOptions) => check(file ?? null, options, io));
}

async function check(file: string | null, { segments }: CheckOptions, io: CliIo): Promise<void> {
  const plan = await readSegments(segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null, featureNames);
  const { version, document } = await readLoyalty(file, placesOf(plan.document).stages);
  const { members, points, levels, window_days: window, grace_days: grace } = document;
  const expiry = points.expire_after_days === null ? 'never expire' : `expire after ${points.expire_after_days} days`;
  io.stdout.write(`${file ?? 'The shipped file'} can be used; its version is ${version}\n`);
  io.stdout.write(`members: ${members}; ${points.per_unit} points for one unit, which ${expiry}\n`);
  for (const { name, label, from_spend } of levels) {
    io.stdout.write(`${name}: ${label.en} / ${label.zhCN}, from ${from_spend} in ${window} days, kept ${grace} more\n`);
  }
}

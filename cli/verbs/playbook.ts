import type { Command } from 'commander';
import { messageChannels } from '../../services/core/contacts/message-channels.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import { readPlaybooks } from '../../services/platform/runtime/read-playbooks.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import type { CliIo } from '../cli-io.ts';

interface CheckOptions {
  readonly segments?: string;
}

/** `tidewatch playbook`: look at a file of playbooks. */
export function addPlaybookVerb(program: Command, io: CliIo): void {
  const verb = program.command('playbook').description('What is done for which customers, by whom, until when.');
  verb
    .command('check')
    .description('Check a playbook file; every problem is listed. Nothing is changed and nothing is contacted.')
    .argument('[file]', 'the playbook file (default: the one that comes with Tidewatch)')
    .option('--segments <file>', 'segment configuration (default: TIDEWATCH_SEGMENTS_FILE, or the shipped one)')
    .action((file: string | undefined, options: CheckOptions) => check(file ?? null, options, io));
}

async function check(file: string | null, { segments }: CheckOptions, io: CliIo): Promise<void> {
  const plan = await readSegments(segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null, featureNames);
  const around = { ...placesOf(plan.document), channels: new Set<string>(messageChannels), webhooks: null };
  const { version, document } = await readPlaybooks(file, around);
  io.stdout.write(`${file ?? 'The shipped file'} can be used; its version is ${version}\n`);
  for (const [id, { handbook, label, trigger, owner, enabled }] of Object.entries(document.playbooks)) {
    const row = handbook === null ? '' : ` (${handbook})`;
    const state = enabled ? '' : ', not enabled';
    io.stdout.write(`${id}${row}: ${label.en} / ${label.zhCN}; on ${trigger.on}, for ${owner}${state}\n`);
  }
}

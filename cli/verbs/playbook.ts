import type { Command } from 'commander';
import { messageChannels } from '../../services/core/contacts/message-channels.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import { readPlaybooks } from '../../services/platform/runtime/read-playbooks.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import type { CliIo } from '../cli-io.ts';
import { simulateVerb, type SimulateVerbOptions } from '../playbook/simulate-verb.ts';

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
  verb
    .command('simulate')
    .description('Say what a playbook file would have done about recorded scores. Nothing is contacted or written.')
    .argument('<file>', 'the playbook file')
    .requiredOption('--on <scores>', 'file with one score a line, as GET /v1/customers/{id}/score answers; or: topic')
    .option('--segments <file>', 'segment configuration (default: TIDEWATCH_SEGMENTS_FILE, or the shipped one)')
    .option('--tenant <id>', 'with --on topic: its tenant, where the installation has several')
    .option('--directory <dir>', 'with --on topic: directory of the local `npm start`', '.tidewatch')
    .option('--timezone <name>', 'with a file: time zone of the business days and of quiet hours', 'UTC')
    .option('--currency <code>', 'with a file: reporting currency', 'GBP')
    .option('--json', 'print JSON, with every day', false)
    .addHelpText('after', '\nExample:\n  tidewatch playbook simulate my-playbooks.yaml --on scores.jsonl')
    .action((file: string, options: SimulateVerbOptions) => simulateVerb(file, options, io));
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

import type { Command } from 'commander';
import { messageChannels } from '../../services/core/contacts/message-channels.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../services/core/playbooks/places-of.ts';
import type { ServiceDocument } from '../../services/core/service/service-document.ts';
import { readPlaybooks } from '../../services/platform/runtime/read-playbooks.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { readService } from '../../services/platform/runtime/read-service.ts';
import type { CliIo } from '../cli-io.ts';

interface CheckOptions {
  readonly playbooks?: string;
  readonly segments?: string;
}

/** `tidewatch service`: look at a file of service rules. */
export function addServiceVerb(program: Command, io: CliIo): void {
  const verb = program
    .command('service')
    .description('What is promised to customers with a concern, and what they are asked.');
  verb
    .command('check')
    .description('Check a file of service rules; every problem is listed. Nothing is changed and nothing is contacted.')
    .argument('[file]', 'the file (default: the one that comes with Tidewatch)')
    .option('--playbooks <file>', 'playbook file that says which queues there are (default: the shipped one)')
    .option('--segments <file>', 'segment configuration (default: TIDEWATCH_SEGMENTS_FILE, or the shipped one)')
    .action((file: string | undefined, options: CheckOptions) => check(file ?? null, options, io));
}

async function check(file: string | null, { playbooks, segments }: CheckOptions, io: CliIo): Promise<void> {
  const plan = await readSegments(segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null, featureNames);
  const places = placesOf(plan.document);
  const around = { ...places, channels: new Set<string>(messageChannels), webhooks: null };
  const { document: served } = await readPlaybooks(playbooks ?? io.env['TIDEWATCH_PLAYBOOKS_FILE'] ?? null, around);
  const queues = new Set(Object.keys(served.queues));
  const tiers = new Set([...places.tiers.values()].flatMap((names) => [...names]));
  const { version, document } = await readService(file ?? io.env['TIDEWATCH_SERVICE_FILE'] ?? null, { queues, tiers });
  io.stdout.write(`${file ?? 'The shipped file'} can be used; its version is ${version}\n`);
  for (const line of describe(document)) io.stdout.write(`${line}\n`);
}

function describe({ terms, tiers, surveys }: ServiceDocument): string[] {
  const weights = (rule: Readonly<Record<string, string>>): string =>
    Object.entries(rule)
      .map(([weight, term]) => `${weight} ${term}`)
      .join(', ');
  return [
    `answer: ${weights(terms.answer)}`,
    `handling: ${weights(terms.handling)}`,
    `complaint: ${terms.complaint}`,
    `resolution: ${weights(terms.resolution)}`,
    `follow-up: ${terms.follow_up}`,
    ...Object.entries(tiers).map(([tier, { share }]) => `tier ${tier}: ${share} of the time`),
    ...Object.entries(surveys.ask).map(([id, { kind, on, after, enabled, question }]) => {
      const state = enabled ? '' : ', not enabled';
      return `survey ${id}: ${kind} on ${on} after ${after}${state}: ${question.en} / ${question.zhCN}`;
    }),
  ];
}

import type { Command } from 'commander';
import { createInstallation, publicView, readInstallation } from '../../services/platform/runtime/installation.ts';
import { legalBases } from '../../services/core/events/legal-bases.ts';
import { usualSources } from '../../services/platform/runtime/new-installation.ts';
import type { CliIo } from '../cli-io.ts';
import { installationOption, installationPath } from '../installation-option.ts';
import { readCurrency, readTimezone } from '../read-options.ts';
import { readPurpose } from '../read-purpose.ts';
import { revealInstallation } from '../reveal-installation.ts';

interface FileOption {
  readonly file?: string;
}

interface CreateOptions extends FileOption {
  readonly tenant: string;
  readonly timezone: string;
  readonly currency: string;
  readonly purpose?: string;
  readonly legalBasis?: string;
}

interface ShowOptions extends FileOption {
  readonly secrets: boolean;
}

/** `tidewatch installation create|show`: the file with tenants, keys and tokens. */
export function addInstallationVerb(program: Command, io: CliIo): void {
  const verb = program.command('installation').description('Make or show the file with tenants, keys and tokens.');
  verb
    .command('create')
    .description('Make a new installation file with one tenant and random keys; an existing one is never replaced.')
    .option(installationOption.flags, installationOption.description)
    .option('--tenant <id>', 'id of the tenant', 'demo')
    .option('--timezone <name>', 'time zone of the business days', 'Europe/London')
    .option('--currency <code>', 'reporting currency', 'GBP')
    .option('--purpose <text>', 'what the data of the first sources is used for; without it none is made')
    .option('--legal-basis <name>', `on what ground: ${legalBases.join(', ')}`)
    .action((options: CreateOptions) => create(options, io));
  verb
    .command('show')
    .description('Show what the installation file holds.')
    .option(installationOption.flags, installationOption.description)
    .option('--secrets', 'show the entries of write keys and API tokens as well', false)
    .action((options: ShowOptions) => show(options, io));
}

async function create(options: CreateOptions, io: CliIo): Promise<void> {
  const file = installationPath(options, io);
  const declared = readPurpose(options);
  const { writeKeys, token } = await createInstallation(file, {
    tenant: options.tenant,
    timezone: readTimezone('--timezone', options.timezone),
    currency: readCurrency('--currency', options.currency),
    sources: declared.purpose === null ? [] : usualSources(declared),
  });
  io.stdout.write(`Wrote ${file}. Keep it secret and keep a copy: without it, ids can no longer be linked.\n`);
  if (declared.purpose === null) io.stdout.write(withoutSources);
  io.stdout.write('Write keys and API token, shown this once (the file keeps only their hashes):\n');
  for (const [source, key] of Object.entries(writeKeys)) io.stdout.write(`  ${source.padEnd(8)} ${key}\n`);
  io.stdout.write(`  token    ${token}\n`);
}

const withoutSources =
  'No source is made, for each is off until it has a purpose: make one by "tidewatch key create --source NAME --channel ' +
  'NAME --purpose TEXT --legal-basis NAME".\n';

async function show(options: ShowOptions, io: CliIo): Promise<void> {
  const installation = await readInstallation(installationPath(options, io));
  const view = options.secrets ? revealInstallation(installation) : publicView(installation);
  io.stdout.write(`${JSON.stringify(view, null, 2)}\n`);
}

import type { Command } from 'commander';
import { createInstallation, publicView, readInstallation } from '../../services/platform/runtime/installation.ts';
import type { CliIo } from '../cli-io.ts';
import { installationOption, installationPath } from '../installation-option.ts';
import { readCurrency, readTimezone } from '../read-options.ts';
import { revealInstallation } from '../reveal-installation.ts';

interface FileOption {
  readonly file?: string;
}

interface CreateOptions extends FileOption {
  readonly tenant: string;
  readonly timezone: string;
  readonly currency: string;
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
  const { writeKeys, token } = await createInstallation(file, {
    tenant: options.tenant,
    timezone: readTimezone('--timezone', options.timezone),
    currency: readCurrency('--currency', options.currency),
  });
  io.stdout.write(`Wrote ${file}. Keep it secret and keep a copy: without it, ids can no longer be linked.\n`);
  io.stdout.write('Write keys and API token, shown this once (the file keeps only their hashes):\n');
  for (const [source, key] of Object.entries(writeKeys)) io.stdout.write(`  ${source.padEnd(8)} ${key}\n`);
  io.stdout.write(`  token    ${token}\n`);
}

async function show(options: ShowOptions, io: CliIo): Promise<void> {
  const installation = await readInstallation(installationPath(options, io));
  const view = options.secrets ? revealInstallation(installation) : publicView(installation);
  io.stdout.write(`${JSON.stringify(view, null, 2)}\n`);
}

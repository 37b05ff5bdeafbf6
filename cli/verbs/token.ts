import { Option } from 'commander';
import type { Command } from 'commander';
import { apiRoles } from '../../services/core/api-role.ts';
import type { ApiRole } from '../../services/core/api-role.ts';
import { addApiToken, revokeApiToken } from '../../services/platform/runtime/change-api-tokens.ts';
import { readInstallation } from '../../services/platform/runtime/installation.ts';
import { updateInstallation } from '../../services/platform/runtime/update-installation.ts';
import type { CliIo } from '../cli-io.ts';
import { installationCommands } from '../installation-commands.ts';
import { installationPath } from '../installation-option.ts';

interface Options {
  readonly file?: string;
  readonly json: boolean;
}

interface NewTokenOptions extends Options {
  readonly tenant?: string;
  readonly role: readonly ApiRole[];
}

/** `tidewatch token create|revoke|list`: who may read and act by the API. */
export function addTokenVerb(program: Command, io: CliIo): void {
  const verb = program
    .command('token')
    .description('Make, end and list API tokens. Running services take changes in force within seconds.');
  const command = installationCommands(verb);
  command('create', 'Make an API token; it is shown this once.')
    .option('--tenant <id>', 'whose token it is; needed where there are several tenants')
    .addOption(
      new Option('--role <role...>', 'what it may see beyond what every token may').choices(apiRoles).default([]),
    )
    .action((options: NewTokenOptions) => create(options, io));
  command('revoke <id>', 'End a token; it is refused from then on.').action((id: string, options: Options) =>
    revoke(id, options, io),
  );
  command('list', 'List all tokens; the tokens themselves are not kept.').action((options: Options) =>
    list(options, io),
  );
}

async function create(options: NewTokenOptions, io: CliIo): Promise<void> {
  const path = installationPath(options, io);
  const { tenant, entry, token } = await updateInstallation(path, (file) =>
    addApiToken(file, options.tenant, options.role),
  );
  if (options.json) {
    io.stdout.write(`${JSON.stringify({ id: entry.id, tenant, token })}\n`);
    return;
  }
  io.stdout.write(`Made ${entry.id} for ${tenant}.\n  API token  ${token}\nIt is shown this once; keep it safe.\n`);
}

async function revoke(id: string, options: Options, io: CliIo): Promise<void> {
  const path = installationPath(options, io);
  const { revokedAt } = await updateInstallation(path, (file) => revokeApiToken(file, id));
  io.stdout.write(options.json ? `${JSON.stringify({ id, revokedAt })}\n` : `${id} is revoked since ${revokedAt}.\n`);
}

async function list(options: Options, io: CliIo): Promise<void> {
  const { tenants } = await readInstallation(installationPath(options, io));
  const tokens = tenants.flatMap((tenant) =>
    tenant.tokens.map(({ id, createdAt, revokedAt, roles = [] }) => ({
      id,
      tenant: tenant.id,
      createdAt,
      revokedAt,
      roles,
    })),
  );
  if (options.json) {
    io.stdout.write(`${JSON.stringify(tokens)}\n`);
    return;
  }
  for (const { id, tenant, revokedAt, roles } of tokens) {
    const state = revokedAt === null ? 'valid' : `revoked ${revokedAt}`;
    io.stdout.write(`${[id, tenant, state, ...roles].join('  ')}\n`);
  }
}

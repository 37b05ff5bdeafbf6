import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { channels } from '../../services/core/events/channels.ts';
import { legalBases } from '../../services/core/events/legal-bases.ts';
import { addWriteKey, revokeWriteKey, rotateWriteKey } from '../../services/platform/runtime/change-write-keys.ts';
import { declarePurpose } from '../../services/platform/runtime/declare-purpose.ts';
import { readInstallation } from '../../services/platform/runtime/installation.ts';
import { updateInstallation } from '../../services/platform/runtime/update-installation.ts';
import type { CliIo } from '../cli-io.ts';
import { installationCommands } from '../installation-commands.ts';
import { installationPath } from '../installation-option.ts';
import { printKeys, printNewKey } from '../print-write-keys.ts';
import { readDuration } from '../read-duration.ts';
import { readPurpose } from '../read-purpose.ts';
import { readWhole } from '../read-options.ts';
import { usageError } from '../usage-error.ts';

interface Options {
  readonly file?: string;
  readonly json: boolean;
}

interface CreateOptions extends Options {
  readonly source: string;
  readonly channel: string;
  readonly tenant?: string;
  readonly rateLimit?: string;
  readonly oauthPublicKey?: string;
  readonly purpose?: string;
  readonly legalBasis?: string;
}

interface DeclareOptions extends Options {
  readonly purpose: string;
  readonly legalBasis: string;
}

interface RotateOptions extends Options {
  readonly overlap: string;
  readonly oauthPublicKey?: string;
}

const rates = [1, 1_000_000] as const;
const smallestModulus = 2048;
const purposeOption = '--purpose <text>';
const purposeText = 'what the data of the source is used for';
const basisOption = '--legal-basis <name>';
const basisText = `on what ground: ${legalBases.join(', ')}`;
const pemText = 'PEM file with the RSA public key of an OAuth client';

/** `tidewatch key create|declare|rotate|revoke|list`: who may send events. */
export function addKeyVerb(program: Command, io: CliIo): void {
  const verb = program
    .command('key')
    .description('Make, replace, end and list write keys. Running services take changes in force within seconds.');
  const command = installationCommands(verb);
  command('create', 'Make a write key; it is shown this once.')
    .requiredOption('--source <name>', 'which source sends with it')
    .requiredOption('--channel <name>', `usual channel: ${channels.join(', ')}`)
    .option(purposeOption, `${purposeText}; that of the source's other keys when not given`)
    .option(basisOption, basisText)
    .option('--tenant <id>', 'whose key it is; needed where there are several tenants')
    .option('--rate-limit <events>', 'events per second (default: TIDEWATCH_RATE_LIMIT)')
    .option('--oauth-public-key <file>', `${pemText}; no write key is made then`)
    .action((options: CreateOptions) => create(options, io));
  command('declare <id>', 'Declare the purpose of the source that a key belongs to, for all of its keys.')
    .requiredOption(purposeOption, purposeText)
    .requiredOption(basisOption, basisText)
    .action((id: string, options: DeclareOptions) => declare(id, options, io));
  command('rotate <id>', 'Make a new key for the same source; the old one stays valid for a while.')
    .option('--overlap <time>', 'how long the old key stays valid, like 12h or 7d', '7d')
    .option('--oauth-public-key <file>', `${pemText}; for the rotation of such a client`)
    .action((id: string, options: RotateOptions) => rotate(id, options, io));
  command('revoke <id>', 'End a key at once.').action((id: string, options: Options) => revoke(id, options, io));
  command('list', 'List all keys; the keys themselves are not kept.').action((options: Options) => list(options, io));
}

async function create(options: CreateOptions, io: CliIo): Promise<void> {
  const { source, channel, tenant, rateLimit } = options;
  if (!(channels as readonly string[]).includes(channel)) {
    throw usageError(`--channel "${channel}" is unknown; known are ${channels.join(', ')}.`);
  }
  const oauthPublicKey = await readPublicKey(options.oauthPublicKey);
  const rate = rateLimit === undefined ? null : readWhole('--rate-limit', rateLimit, rates);
  const choice = { source, channel, rateLimit: rate, oauthPublicKey, ...readPurpose(options) };
  const path = installationPath(options, io);
  const made = await updateInstallation(path, (file) => addWriteKey(file, tenant, choice));
  printNewKey(made, await readInstallation(path), options, io);
}

async function declare(id: string, options: DeclareOptions, io: CliIo): Promise<void> {
  const declared = readPurpose(options);
  const path = installationPath(options, io);
  const { tenant, source, keys } = await updateInstallation(path, (file) => declarePurpose(file, id, declared));
  const shown = { tenant, source, ...declared, keys };
  const text = `The source ${source} of ${tenant} (${keys} keys) is for: ${declared.purpose} (${declared.legalBasis}).`;
  io.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : `${text}\n`);
}

async function rotate(id: string, options: RotateOptions, io: CliIo): Promise<void> {
  const overlapMs = readDuration('--overlap', options.overlap);
  const oauthPublicKey = (await readPublicKey(options.oauthPublicKey)) ?? undefined;
  const path = installationPath(options, io);
  const made = await updateInstallation(path, (file) => rotateWriteKey(file, id, overlapMs, oauthPublicKey));
  printNewKey(made, await readInstallation(path), options, io);
  if (!options.json) io.stdout.write(`${id} stays valid until ${made.replaced.expiresAt}.\n`);
}

async function revoke(id: string, options: Options, io: CliIo): Promise<void> {
  const entry = await updateInstallation(installationPath(options, io), (file) => revokeWriteKey(file, id));
  const { revokedAt } = entry;
  io.stdout.write(options.json ? `${JSON.stringify({ id, revokedAt })}\n` : `${id} is revoked since ${revokedAt}.\n`);
}

async function list(options: Options, io: CliIo): Promise<void> {
  printKeys(await readInstallation(installationPath(options, io)), options, io);
}

async function readPublicKey(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  try {
    const key = createPublicKey(await readFile(path, 'utf8'));
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === 'rsa' && bits >= smallestModulus) {
      return key.export({ type: 'spki', format: 'pem' }).toString();
    }
  } catch (cause) {
    throw usageError(`--oauth-public-key "${path}" cannot be read as a key in PEM.`, cause);
  }
  throw usageError(`--oauth-public-key "${path}" is no RSA key of at least ${smallestModulus} bits.`);
}

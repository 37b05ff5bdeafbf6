import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EngineError } from '../../core/errors.ts';
import { SecretKey } from '../crypto/secret-key.ts';
import { type DeliveryFile, deliveryFileSchema, type TenantDelivery } from './delivery-file-schema.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

export interface ReadDelivery {
  /** Paths in the file are relative to it. */
  readonly folder: string;
  readonly file: DeliveryFile;
  /** Secrets by the path that names them: each line of the file is one. */
  readonly secrets: ReadonlyMap<string, readonly SecretKey[]>;
  readonly passwords: ReadonlyMap<string, SecretKey>;
}

const nothing: ReadDelivery = {
  folder: '.',
  file: { format: 1, allow: [], tenants: {} },
  secrets: new Map(),
  passwords: new Map(),
};

/**
 * Reads and checks a delivery file and the secrets it names; these stand in files of their own, beside it or by a whole
 * path, so that the file can be shown to anybody.
 * @param path null where nothing is set up to go out
 * @param tenants of the installation
 * @throws EngineError ERR_DELIVERY_INVALID with every problem found
 */
export async function readDeliveryFile(path: string | null, tenants: ReadonlySet<string>): Promise<ReadDelivery> {
  if (path === null) return nothing;
  const { value: file } = await readCheckedYaml(path, deliveryFileSchema, deliveryError);
  const problems = findProblems(file, tenants);
  const reading = { folder: dirname(path), problems };
  const secrets = new Map<string, readonly SecretKey[]>();
  const passwords = new Map<string, SecretKey>();
  for (const [at, name] of secretFilesOf(file)) secrets.set(name, await readSecrets(reading, at, name));
  for (const [at, name] of passwordFilesOf(file)) passwords.set(name, await readPassword(reading, at, name));
  if (problems.length > 0) throw deliveryError(path, problems);
  return { folder: reading.folder, file, secrets, passwords };
}

function findProblems({ allow, tenants }: DeliveryFile, known: ReadonlySet<string>): string[] {
  const hosts = new Map(allow.map(({ host, networks }) => [host, networks]));
  const problems: string[] = [];
  for (const [id, tenant] of Object.entries(tenants)) {
    if (!known.has(id)) problems.push(`tenants.${id}: the installation has no such tenant`);
    for (const [at, url] of urlsOf(tenant)) {
      const { protocol, hostname } = new URL(url);
      const networks = hosts.get(hostname.replace(/^\[(.*)\]$/, '$1'));
      if (networks === undefined) problems.push(`tenants.${id}.${at}: its host ${hostname} is not on the list "allow"`);
      else if (protocol === 'http:' && !networks.includes('loopback')) {
        problems.push(`tenants.${id}.${at}: http is for hosts that are allowed on the loopback network; use https`);
      }
    }
    if (tenant.digests !== null && tenant.channels[tenant.digests.channel]?.kind !== 'smtp') {
      problems.push(`tenants.${id}.digests: the channel ${tenant.digests.channel} is no channel of the kind smtp`);
    }
    for (const [name, channel] of Object.entries(tenant.channels)) {
      if (channel.kind !== 'smtp' || (channel.user === null) === (channel.password_file === null)) continue;
      problems.push(`tenants.${id}.channels.${name}: user and password_file go together`);
    }
  }
  return problems;
}

function urlsOf({ webhooks, channels }: TenantDelivery): [at: string, url: string][] {
  return [
    ...Object.entries(webhooks).map(([name, { url }]): [string, string] => [`webhooks.${name}`, url]),
    ...Object.entries(channels).flatMap(([name, channel]): [string, string][] =>
      channel.kind === 'webhook' ? [[`channels.${name}`, channel.url]] : [],
    ),
  ];
}

function secretFilesOf({ tenants }: DeliveryFile): [at: string, file: string][] {
  return Object.entries(tenants).flatMap(([id, { webhooks, channels }]) => [
    ...Object.entries(webhooks).map(([name, { secret_file: file }]): [string, string] => [
      `tenants.${id}.webhooks.${name}`,
      file,
    ]),
    ...Object.entries(channels).flatMap(([name, channel]): [string, string][] =>
      channel.kind === 'webhook' ? [[`tenants.${id}.channels.${name}`, channel.secret_file]] : [],
    ),
  ]);
}

function passwordFilesOf({ tenants }: DeliveryFile): [at: string, file: string][] {
  return Object.entries(tenants).flatMap(([id, { channels }]) =>
    Object.entries(channels).flatMap(([name, channel]): [string, string][] =>
      channel.kind === 'smtp' && channel.password_file !== null
        ? [[`tenants.${id}.channels.${name}`, channel.password_file]]
        : [],
    ),
  );
}

interface Reading {
  readonly folder: string;
  readonly problems: string[];
}

const leastSecretBytes = 24;
const mostSecretBytes = 64;

/** One secret a line, `whsec_` and base64 of 24 to 64 bytes; two while it is being changed. */
async function readSecrets(reading: Reading, at: string, name: string): Promise<readonly SecretKey[]> {
  const lines = await readLines(reading, at, name);
  if (lines === null) return [];
  const keys = lines.flatMap((line) => {
    const key = Buffer.from(/^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(line)?.[1] ?? '', 'base64');
    return key.length >= leastSecretBytes && key.length <= mostSecretBytes ? [new SecretKey(key)] : [];
  });
  if (keys.length === lines.length && keys.length >= 1 && keys.length <= 2) return keys;
  const form = `"whsec_" and ${leastSecretBytes} to ${mostSecretBytes} bytes in base64`;
  reading.problems.push(`${at}: ${name} must hold one secret, or two lines while it is changed, each ${form}`);
  return [];
}

async function readPassword(reading: Reading, at: string, name: string): Promise<SecretKey> {
  const lines = await readLines(reading, at, name);
  if (lines !== null && lines.length !== 1) reading.problems.push(`${at}: ${name} must hold the password on one line`);
  return new SecretKey(Buffer.from(lines?.[0] ?? '', 'utf8'));
}

async function readLines({ folder, problems }: Reading, at: string, name: string): Promise<readonly string[] | null> {
  try {
    const text = await readFile(resolve(folder, name), 'utf8');
    return text.split(/\r?\n/).filter((line) => line !== '');
  } catch {
    problems.push(`${at}: the file ${name} does not exist or cannot be read`);
    return null;
  }
}

function deliveryError(path: string, problems: readonly string[], cause?: unknown): EngineError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the delivery file ${path} cannot be used; correct it:${list}`;
  return new EngineError('ERR_DELIVERY_INVALID', message, { retryable: false, context: { path }, cause });
}

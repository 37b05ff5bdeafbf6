import { readFile } from 'node:fs/promises';
import { EngineError } from '../../core/errors.ts';
import { SecretKey } from '../crypto/secret-key.ts';
import { installationFileSchema } from './installation-file.ts';
import type { ApiTokenEntry, InstallationFile, WriteKeyEntry } from './installation-file.ts';
import { newInstallation } from './new-installation.ts';
import type { NewInstallation } from './new-installation.ts';
import { writeInstallation } from './write-installation.ts';

/** One write key as it is kept: its hash, never itself. */
export type WriteKey = Readonly<WriteKeyEntry>;

/** One API token as it is kept: its hash, never itself. */
export type ApiToken = Readonly<ApiTokenEntry>;

/** How many units of the tenant's reporting currency one unit of `currency` is worth, from `date` on. */
export interface ExchangeRate {
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly currency: string;
  readonly rate: number;
}

export interface Tenant {
  readonly id: string;
  /** IANA name; defines the tenant's business days. */
  readonly timezone: string;
  /** Reporting currency, ISO 4217. */
  readonly currency: string;
  /** Key of the HMAC that turns business ids into surrogate ids. Changing it loses every state. */
  readonly pseudonymKey: Buffer;
  readonly contentKey: Buffer;
  readonly envelopeKey: { readonly id: string; readonly key: Buffer };
  readonly writeKeys: readonly WriteKey[];
  readonly tokens: readonly ApiToken[];
  readonly rates: readonly ExchangeRate[];
}

export interface Installation {
  readonly installationKey: SecretKey;
  readonly tenants: readonly Tenant[];
}

export interface CreatedInstallation extends Installation {
  /** Source → write key in clear: shown this once, kept nowhere. */
  readonly writeKeys: Readonly<Record<string, string>>;
  /** API token of the tenant: likewise. */
  readonly token: string;
}

export interface PublicTenant {
  readonly id: string;
  readonly timezone: string;
  readonly currency: string;
  readonly envelopeKeyId: string;
  readonly sources: readonly { readonly source: string; readonly channel: string }[];
  /** How many API tokens are in force. */
  readonly tokens: number;
  /** How many exchange rates there are. */
  readonly rates: number;
}

/** Reads and checks the file with tenants, keys and tokens; ERR_INSTALLATION_MISSING says what is wrong with it. */
export async function readInstallation(path: string): Promise<Installation> {
  return toInstallation(await readInstallationFile(path));
}

/** The same as it stands in the file, in the present format. */
export async function readInstallationFile(path: string): Promise<InstallationFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw installationError(path, missing ? 'does not exist' : 'cannot be read', cause);
  }
  return parseFile(path, text);
}

/**
 * Makes an installation with one tenant and random keys, and writes its file (mode 0600). ERR_CONFIG_INVALID when the
 * file exists or an option is not valid.
 */
export async function createInstallation(path: string, options: NewInstallation = {}): Promise<CreatedInstallation> {
  const { file, ...shownOnce } = newInstallation(options);
  await writeInstallation(path, file);
  return { ...toInstallation(file), ...shownOnce };
}

/** What may be shown of an installation: no key, token or write key. */
export function publicView(installation: Installation): readonly PublicTenant[] {
  return installation.tenants.map((tenant) => ({
    id: tenant.id,
    timezone: tenant.timezone,
    currency: tenant.currency,
    envelopeKeyId: tenant.envelopeKey.id,
    sources: tenant.writeKeys.map(({ source, channel }) => ({ source, channel })),
    tokens: tenant.tokens.filter(({ revokedAt }) => revokedAt === null).length,
    rates: tenant.rates.length,
  }));
}

function parseFile(path: string, text: string): InstallationFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw installationError(path, 'is not valid JSON');
  }
  const result = installationFileSchema.safeParse(json);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `\n  - ${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw installationError(path, `does not fit its schema:${problems.join('')}\n`);
}

function toInstallation(file: InstallationFile): Installation {
  return {
    installationKey: new SecretKey(Buffer.from(file.installationKey, 'hex')),
    tenants: file.tenants.map((tenant) => ({
      ...tenant,
      pseudonymKey: Buffer.from(tenant.pseudonymKey, 'hex'),
      contentKey: Buffer.from(tenant.contentKey, 'hex'),
      envelopeKey: { id: tenant.envelopeKey.id, key: Buffer.from(tenant.envelopeKey.key, 'hex') },
    })),
  };
}

function installationError(path: string, what: string, cause?: unknown): EngineError {
  const advice =
    'set TIDEWATCH_INSTALLATION_FILE to the file of this installation; `npm start` creates one for trying out';
  const message = `the installation file ${path} ${what}; ${advice}`;
  return new EngineError('ERR_INSTALLATION_MISSING', message, { retryable: false, context: { path }, cause });
}

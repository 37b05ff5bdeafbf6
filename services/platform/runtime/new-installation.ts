import { randomBytes } from 'node:crypto';
import { EngineError } from '../../core/errors.ts';
import { installationFileSchema } from './installation-file.ts';
import type { InstallationFile } from './installation-file.ts';
import { mintApiToken } from './mint-api-token.ts';
import { mintWriteKey } from './mint-write-key.ts';
import type { WriteKeyChoice } from './mint-write-key.ts';

/** What may be chosen for a new installation; the rest is random. */
export interface NewInstallation {
  /** `demo` when absent. */
  readonly tenant?: string;
  /** IANA name, `Europe/London` when absent. */
  readonly timezone?: string;
  /** ISO 4217, `GBP` when absent. */
  readonly currency?: string;
  /** One write key is made for each; the usual ones, for trying out, when absent. */
  readonly sources?: readonly WriteKeyChoice[];
  readonly rates?: InstallationFile['tenants'][number]['rates'];
}

const keyBytes = 32;
const tryOut = { purpose: 'Trying Tidewatch out', legalBasis: 'legitimate-interests' } as const;
const defaultSources = usualSources(tryOut);

export interface MadeInstallation {
  readonly file: InstallationFile;
  /** Source → write key. The file keeps hashes only, so this is the only place where the keys stand. */
  readonly writeKeys: Readonly<Record<string, string>>;
  /** API token of the tenant: likewise. */
  readonly token: string;
}

/** A new installation with one tenant and random keys; ERR_CONFIG_INVALID names what is not valid. */
export function newInstallation(options: NewInstallation): MadeInstallation {
  const keys = (options.sources ?? defaultSources).map((source) => mintWriteKey(source));
  const { entry, token } = mintApiToken();
  const result = installationFileSchema.safeParse({
    format: 3,
    installationKey: randomHex(),
    tenants: [
      {
        id: options.tenant ?? 'demo',
        timezone: options.timezone ?? 'Europe/London',
        currency: options.currency ?? 'GBP',
        pseudonymKey: randomHex(),
        contentKey: randomHex(),
        envelopeKey: { id: 'k1', key: randomHex() },
        writeKeys: keys.map((minted) => minted.entry),
        tokens: [entry],
        rates: options.rates ?? [],
      },
    ],
  });
  if (result.success) {
    const writeKeys = Object.fromEntries(keys.map((minted) => [minted.entry.source, minted.key ?? '']));
    return { file: result.data, writeKeys, token };
  }
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
  throw new EngineError('ERR_CONFIG_INVALID', `the installation cannot be created: ${problems}`, { retryable: false });
}

/** The same without the write keys, for whoever does not send events. */
export function newInstallationFile(options: NewInstallation): InstallationFile {
  return newInstallation(options).file;
}

/** The sources that most businesses begin with. */
export function usualSources(declared: Pick<WriteKeyChoice, 'purpose' | 'legalBasis'>): readonly WriteKeyChoice[] {
  return [
    { source: 'web', channel: 'web', ...declared },
    { source: 'app', channel: 'app', ...declared },
    { source: 'pos', channel: 'pos', ...declared },
    { source: 'import', channel: 'server', ...declared },
  ];
}

function randomHex(): string {
  return randomBytes(keyBytes).toString('hex');
}

import { randomBytes } from 'node:crypto';
import { EngineError } from '../../core/errors.ts';
import { installationFileSchema } from './installation-file.ts';
import type { InstallationFile } from './installation-file.ts';

/** What may be chosen for a new installation; the rest is random. */
export interface NewInstallation {
  /** `demo` when absent. */
  readonly tenant?: string;
  /** IANA name, `Europe/London` when absent. */
  readonly timezone?: string;
  /** ISO 4217, `GBP` when absent. */
  readonly currency?: string;
  /** One write key is made for each. */
  readonly sources?: readonly { readonly source: string; readonly channel: string }[];
  readonly rates?: InstallationFile['tenants'][number]['rates'];
}

const keyBytes = 32;
const tokenBytes = 24;
const defaultSources = [
  { source: 'web', channel: 'web' },
  { source: 'app', channel: 'app' },
  { source: 'pos', channel: 'pos' },
  { source: 'import', channel: 'server' },
] as const;

/** The content of a new installation file with one tenant and random keys; ERR_CONFIG_INVALID names what is not valid. */
export function newInstallationFile(options: NewInstallation): InstallationFile {
  const result = installationFileSchema.safeParse({
    format: 1,
    installationKey: randomHex(),
    tenants: [
      {
        id: options.tenant ?? 'demo',
        timezone: options.timezone ?? 'Europe/London',
        currency: options.currency ?? 'GBP',
        pseudonymKey: randomHex(),
        contentKey: randomHex(),
        envelopeKey: { id: 'k1', key: randomHex() },
        writeKeys: (options.sources ?? defaultSources).map((source) => ({ key: randomToken('wk'), ...source })),
        tokens: [randomToken('at')],
        rates: options.rates ?? [],
      },
    ],
  });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
  throw new EngineError('ERR_CONFIG_INVALID', `the installation cannot be created: ${problems}`, { retryable: false });
}

function randomHex(): string {
  return randomBytes(keyBytes).toString('hex');
}

function randomToken(kind: string): string {
  return `${kind}_${randomBytes(tokenBytes).toString('base64url')}`;
}

import { randomBytes } from 'node:crypto';
import { EngineError } from '../../core/errors.ts';
import { writeInstallation } from './installation.ts';
import type { ExchangeRate, Installation } from './installation.ts';
import { installationFileSchema } from './installation-file.ts';

export interface NewInstallation {
  /** `demo` when absent. */
  readonly tenant?: string;
  /** IANA name, `Europe/London` when absent. */
  readonly timezone?: string;
  /** ISO 4217, `GBP` when absent. */
  readonly currency?: string;
  /** One write key is made for each. */
  readonly sources?: readonly { readonly source: string; readonly channel: string }[];
  readonly rates?: readonly ExchangeRate[];
}

const keyBytes = 32;
const tokenBytes = 24;
const defaultSources = [
  { source: 'web', channel: 'web' },
  { source: 'app', channel: 'app' },
  { source: 'pos', channel: 'pos' },
  { source: 'import', channel: 'server' },
] as const;

/** Makes an installation with one tenant and random keys, and writes its file with mode 0600. */
export async function createInstallation(path: string, options: NewInstallation = {}): Promise<Installation> {
  const file = installationFileSchema.safeParse({
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
  if (file.success) return writeInstallation(path, file.data);
  const problems = file.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
  const message = `the new installation was not written to ${path}: ${problems}`;
  throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { path } });
}

function randomHex(): string {
  return randomBytes(keyBytes).toString('hex');
}

function randomToken(kind: string): string {
  return `${kind}_${randomBytes(tokenBytes).toString('base64url')}`;
}

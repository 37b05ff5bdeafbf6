import type { NewWriteKey } from '../services/platform/runtime/change-write-keys.ts';
import type { Installation, WriteKey } from '../services/platform/runtime/installation.ts';
import { webhookSecret } from '../services/platform/crypto/derived-secrets.ts';
import type { CliIo } from './cli-io.ts';

interface Form {
  readonly json: boolean;
}

/** The only time a write key is seen. */
export function printNewKey({ tenant, entry, key }: NewWriteKey, installation: Installation, form: Form, io: CliIo): void {
  const { id, source, channel } = entry;
  const secret = key === null ? null : webhookSecret(installation.installationKey, id);
  if (form.json) {
    const shown = { id, tenant, source, channel, key, webhookSecret: secret };
    io.stdout.write(`${JSON.stringify(shown)}\n`);
    return;
  }
  io.stdout.write(`Made ${id} for the source ${source} (${channel}) of ${tenant}.\n`);
  if (key === null) {
    io.stdout.write(`  OAuth client id and key id: ${id}\n`);
    return;
  }
  io.stdout.write(`  write key       ${key}\n  webhook secret  ${secret}\nThey are shown this once; keep them safe.\n`);
} // prettier-ignore

/** All keys with their state. */
export function printKeys({ tenants }: Installation, form: Form, io: CliIo): void {
  const keys = tenants.flatMap((tenant) =>
    tenant.writeKeys.map((entry) => {
      const { hash: _hash, oauthPublicKey, ...shown } = entry;
      const kind = oauthPublicKey === null ? 'key' : 'oauth';
      return { ...shown, tenant: tenant.id, kind, state: stateOf(entry) };
    }),
  );
  if (form.json) {
    io.stdout.write(`${JSON.stringify(keys)}\n`);
    return;
  }
  const rows = keys.map(({ id, tenant, source, channel, kind, state }) => [id, tenant, source, channel, kind, state]);
  for (const row of [['id', 'tenant', 'source', 'channel', 'kind', 'state'], ...rows]) {
    io.stdout.write(`${row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i]) : cell)).join(' ')}\n`);
  }
}

const widths = [18, 12, 12, 11, 6];

function stateOf(entry: WriteKey): string {
  const isEnded = entry.revokedAt !== null || (entry.expiresAt !== null && Date.parse(entry.expiresAt) <= Date.now());
  return validityOf(entry) + (entry.purpose === null && !isEnded ? ', no purpose: "tidewatch key declare"' : '');
}

function validityOf({ revokedAt, expiresAt }: WriteKey): string {
  if (revokedAt !== null) return `revoked ${revokedAt}`;
  if (expiresAt === null) return 'valid';
  return Date.parse(expiresAt) <= Date.now() ? `expired ${expiresAt}` : `valid until ${expiresAt}`;
}

import { hkdfSync } from 'node:crypto';
import type { SecretKey } from './secret-key.ts';

const bytes = 32;

/**
 * Secret with which the holder of a write key may sign webhooks instead, `whsec_…`. It follows from the installation
 * key and the key's id, so that nothing that opens a door stands in the installation file beside that one key.
 */
export function webhookSecret(installationKey: SecretKey, keyId: string): string {
  return `whsec_${derive(installationKey, `webhook:${keyId}`).toString('base64')}`;
}

/** Key that signs the access tokens of OAuth clients. */
export function accessTokenKey(installationKey: SecretKey): Buffer {
  return derive(installationKey, 'access-token');
}

/** Key that signs the links of surveys. */
export function surveyTokenKey(installationKey: SecretKey): Buffer {
  return derive(installationKey, 'survey-token');
}

/** Key that signs the links in messages to customers. */
export function contactLinkKey(installationKey: SecretKey): Buffer {
  return derive(installationKey, 'contact-link');
}

function derive(installationKey: SecretKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', installationKey.reveal(), 'tidewatch', purpose, bytes));
}

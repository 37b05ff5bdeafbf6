import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { SecretKey } from './secret-key.ts';

/**
 * Whether a text carries a valid signature after Standard Webhooks that is at most five minutes old.
 * @param secret `whsec_…`
 * @param headers webhook-id, webhook-timestamp, webhook-signature
 */
export function fitsWebhookSignature(secret: string, headers: Readonly<Record<string, string>>, text: string): boolean {
  try {
    new Webhook(secret).verify(text, { ...headers }, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

/**
 * Signature of a call after Standard Webhooks, `v1,…`.
 * @param secret the bytes that `whsec_…` stands for
 * @param call `at` in milliseconds; the header tells it in whole seconds, and so does the signature
 */
export function signWebhook(
  secret: SecretKey,
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): string {
  return new Webhook(secret.reveal().toString('base64')).sign(id, new Date(at), body);
}

import { Webhook, WebhookVerificationError } from 'standardwebhooks';

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

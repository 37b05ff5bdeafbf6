import type { EpochMs } from '../../core/units.ts';
import { writeKeyOfHeaders } from '../write-key.ts';
import type { Keyring } from './keyring.ts';
import type { SendingKey } from './sending-key.ts';

/** Names in lower case. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a request says about its sender before its body is read. */
export type Caller =
  /** The headers carry a key or token. */
  | { readonly kind: 'known'; readonly key: SendingKey }
  /** The body must fit its signature. */
  | { readonly kind: 'signed'; readonly key: SendingKey; readonly webhookId: string; fits(text: string): boolean }
  /** The headers carry nothing: the body may name a key. */
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'refused' };

export interface Authenticator {
  meet(headers: Headers, query: Readonly<Record<string, unknown>>): Promise<Caller>;
  /** The key that a body names. */
  byKey(key: unknown): SendingKey | undefined;
  /** The key with an id; for questions that bring no event. */
  byId(id: unknown): SendingKey | undefined;
}

export interface AuthenticatorDeps {
  /** The keys in force now; they change while the service runs. */
  readonly keyring: () => Keyring;
  readonly now: () => EpochMs;
  /** Id of the key that an access token of ours stands for; null when it is none or has ended. */
  readonly readAccessToken: (token: string) => Promise<string | null>;
  /** Whether the text carries a fresh signature after Standard Webhooks. */
  readonly fitsSignature: (secret: string, headers: Readonly<Record<string, string>>, text: string) => boolean;
}

const signatureHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Knows senders by write key (Basic, Bearer, X-Write-Key, body), access token, or signature; for any path. */
export function createAuthenticator(deps: AuthenticatorDeps): Authenticator {
  const { keyring, now, readAccessToken, fitsSignature } = deps;

  async function meetByKey(clear: string): Promise<Caller> {
    const key = keyring().byKey(clear, now());
    if (key !== undefined) return { kind: 'known', key };
    // An access token is three parts with dots between them.
    const id = clear.split('.').length === 3 ? await readAccessToken(clear) : null;
    const client = id === null ? undefined : keyring().byId(id, now());
    return client === undefined || client.oauthPublicKey === null
      ? { kind: 'refused' }
      : { kind: 'known', key: client };
  }

  return {
    async meet(headers, query) {
      const clear = writeKeyOfHeaders(headers);
      if (clear !== null) return meetByKey(clear);
      if (headers['webhook-signature'] === undefined) return { kind: 'unnamed' };
      const id = query['key'];
      const key = typeof id === 'string' ? keyring().byId(id, now()) : undefined;
      const signed = signatureHeaders.map((name): [string, unknown] => [name, headers[name]]);
      if (key === undefined || key.digest === null || !signed.every(isText)) return { kind: 'refused' };
      const fields = Object.fromEntries(signed);
      const fits = (text: string): boolean => fitsSignature(key.webhookSecret, fields, text);
      return { kind: 'signed', key, webhookId: fields['webhook-id'], fits };
    },
    byId: (id) => (typeof id === 'string' ? keyring().byId(id, now()) : undefined),
    byKey: (key) => (typeof key === 'string' ? keyring().byKey(key, now()) : undefined),
  };
}

function isText(field: [string, unknown]): field is [string, string] {
  return typeof field[1] === 'string' && field[1] !== '';
}

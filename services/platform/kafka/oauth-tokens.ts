import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineError } from '../../core/errors.ts';
import type { EpochMs } from '../../core/units.ts';
import type { TokenSource } from '../runtime/connections.ts';
import { sendRequest } from '../runtime/http-request.ts';

export interface OauthToken {
  readonly value: string;
  /** Milliseconds since 1970; a token without it is asked for at each connection. */
  readonly expiresAt?: EpochMs;
}

const timeoutMs = 10_000;
/** A token this close to its end is not used any more. */
const marginMs = 30_000;
const shortestLifeMs = 1_000;

/** Gives the token to log in with; it is kept until shortly before it ends, and asked for by one caller at a time. */
export function createOauthTokens(source: TokenSource, now: () => EpochMs = Date.now): () => Promise<OauthToken> {
  const ask = source.kind === 'endpoint' ? () => askEndpoint(source, now) : () => askModule(source.path);
  let held: OauthToken | null = null;
  let asking: Promise<OauthToken> | null = null;
  return async () => {
    if (held?.expiresAt !== undefined && held.expiresAt - marginMs > now()) return held;
    asking ??= ask().finally(() => {
      asking = null;
    });
    held = await asking;
    return held;
  };
}

async function askEndpoint(
  source: Extract<TokenSource, { kind: 'endpoint' }>,
  now: () => EpochMs,
): Promise<OauthToken> {
  const { url, clientId, clientSecret, scope, ca } = source;
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', headers, body: form.toString(), ca, timeoutMs };
  const { status, body } = await sendRequest(url, request).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw unavailable(`cannot be reached (${said}); check KAFKA_OAUTH_TOKEN_URL and KAFKA_OAUTH_CA_FILE`, cause);
  });
  if (status === 400 || status === 401 || status === 403) throw refused(status);
  const answer = status === 200 ? readAnswer(body) : null;
  if (answer === null) throw unavailable(`answered ${status} without a token`);
  if (answer.expires_in === undefined) return { value: answer.access_token };
  return { value: answer.access_token, expiresAt: now() + Math.max(shortestLifeMs, answer.expires_in * 1000) };
}

function readAnswer(body: string): { access_token: string; expires_in?: number } | null {
  try {
    const { access_token, expires_in } = JSON.parse(body) as { access_token?: unknown; expires_in?: unknown };
    if (typeof access_token !== 'string') return null;
    return typeof expires_in === 'number' ? { access_token, expires_in } : { access_token };
  } catch {
    return null;
  }
}

async function askModule(path: string): Promise<OauthToken> {
  try {
    const loaded = (await import(pathToFileURL(resolve(path)).href)) as { oauthBearerToken?: unknown };
    if (typeof loaded.oauthBearerToken !== 'function') throw new TypeError('it exports no function oauthBearerToken');
    const token = (await (loaded.oauthBearerToken as () => Promise<Partial<OauthToken> | undefined>)()) ?? {};
    if (typeof token.value !== 'string' || token.value === '') throw new TypeError('its token has no value');
    return token as OauthToken;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const message = `The module of KAFKA_OAUTH_MODULE (${path}) gave no token: ${said}`;
    throw new EngineError('ERR_LOG_UNAVAILABLE', message, { retryable: true, cause });
  }
}

function refused(status: number): EngineError {
  const message =
    `The token endpoint of Kafka's OAUTHBEARER refused the client (${status}); ` +
    'check KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_CLIENT_SECRET and KAFKA_OAUTH_SCOPE.';
  return new EngineError('ERR_LOG_DENIED', message, { retryable: false, context: { status } });
}

function unavailable(what: string, cause?: unknown): EngineError {
  const message = `The token endpoint of Kafka's OAUTHBEARER ${what}.`;
  return new EngineError('ERR_LOG_UNAVAILABLE', message, { retryable: true, cause });
}

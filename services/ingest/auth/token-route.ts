import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OnceStore } from '../../core/ports/once-store.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import type { Keyring } from './keyring.ts';

export interface TokenRouteDeps {
  readonly keyring: () => Keyring;
  readonly now: () => EpochMs;
  /** Null when the assertion is not to be believed. */
  readonly readAssertion: (
    assertion: string,
    rules: { readonly publicKeyOf: (id: string) => string | null; readonly audiences: readonly string[] },
  ) => Promise<SignedAssertion | null>;
  /** Addresses by which clients know this service. */
  readonly audiences: () => readonly string[];
  /** Remembers assertions that were used. */
  readonly used: OnceStore;
  readonly issueAccessToken: (keyId: string, seconds: number) => Promise<string>;
}

/** What a client signed, once its signature is known to be good. */
export interface SignedAssertion {
  readonly client: string;
  readonly id: string;
  /** How long it could be used again, were it not remembered. */
  readonly lifeMs: DurationMs;
}

const unknownClient = [
  'invalid_client',
  'the client, or an assertion of it for this address, is not known here',
] as const;
const scope = 'tracking_api:write';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const tokenSeconds = 3600;
const bodyLimit = 16 * 1024;

/** `POST /token`: an access token for a client that signs with its private key, as Segment's SDKs ask for it. */
export function addTokenRoute(server: FastifyInstance, deps: TokenRouteDeps): void {
  void server.register((scopeOfRoute, _options, done) => {
    scopeOfRoute.removeAllContentTypeParsers();
    scopeOfRoute.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scopeOfRoute.post('/token', { bodyLimit }, async (request, reply) => {
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      const complaint = complaintAbout(form);
      if (complaint !== null) return refuse(reply, 400, complaint);
      const clientKey = (id: string): string | null => deps.keyring().byId(id, deps.now())?.oauthPublicKey ?? null;
      const rules = { publicKeyOf: clientKey, audiences: deps.audiences() };
      const signed = await deps.readAssertion(form.get('client_assertion') ?? '', rules);
      if (signed === null) return refuse(reply, 401, unknownClient);
      // Last, so that nobody but the client can use up its assertions.
      const isFirst = await deps.used.take(`${signed.client} ${signed.id}`, signed.lifeMs);
      if (!isFirst) return refuse(reply, 401, ['invalid_client', 'the assertion was used before; sign a new one']);
      const token = await deps.issueAccessToken(signed.client, tokenSeconds);
      const answer = { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, scope };
      return reply.header('cache-control', 'no-store').send(answer);
    });
    done();
  });
}

type Complaint = readonly [error: string, detail: string];

function complaintAbout(form: URLSearchParams): Complaint | null {
  if (form.get('grant_type') !== 'client_credentials') {
    return ['unsupported_grant_type', 'grant_type must be client_credentials'];
  }
  if ((form.get('client_assertion_type') ?? assertionType) !== assertionType) {
    return ['invalid_request', `client_assertion_type must be ${assertionType}`];
  }
  if ((form.get('scope') ?? scope) !== scope) return ['invalid_scope', `the only scope is ${scope}`];
  return form.get('client_assertion') === null ? ['invalid_request', 'client_assertion is missing'] : null;
}

/** A problem that also carries the `error` that OAuth asks for. */
function refuse(reply: FastifyReply, status: 400 | 401, [error, detail]: Complaint): FastifyReply {
  const problem = { type: 'about:blank', title: status === 400 ? 'Bad Request' : 'Unauthorized', status, detail, error };
  return reply.code(status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
} // prettier-ignore

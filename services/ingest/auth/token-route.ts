import type { FastifyInstance, FastifyReply } from 'fastify';
import type { EpochMs } from '../../core/units.ts';
import type { Keyring } from './keyring.ts';

export interface TokenRouteDeps {
  readonly keyring: () => Keyring;
  readonly now: () => EpochMs;
  /**
   * Id of the client that signed the assertion; null when it is not to be believed.
   * @param publicKeyOf PEM of a client, null when it is not known
   */
  readonly readAssertion: (assertion: string, publicKeyOf: (id: string) => string | null) => Promise<string | null>;
  readonly issueAccessToken: (keyId: string, seconds: number) => Promise<string>;
}

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
      const id = await deps.readAssertion(form.get('client_assertion') ?? '', clientKey);
      if (id === null) return refuse(reply, 401, ['invalid_client', 'the client or its assertion is not known here']);
      const token = await deps.issueAccessToken(id, tokenSeconds);
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

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry over HTTP that the test fills, counts and switches off. */
export interface RegistryDouble {
  readonly url: string;
  /** Schemas by id, as JSON; `type` is AVRO where not given. */
  readonly schemas: Map<number, { readonly schema: string; readonly schemaType?: string }>;
  /** Paths asked for, in order. */
  readonly requests: string[];
  /** Answer to everything, instead of what it knows; null to answer again. */
  failWith(status: number | null): void;
  close(): Promise<void>;
}

export async function openRegistryDouble(): Promise<RegistryDouble> {
  const schemas: RegistryDouble['schemas'] = new Map();
  const requests: string[] = [];
  let failure: number | null = null;
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (failure !== null) answer(response, failure, { error_code: failure, message: 'switched off' });
    else answerSchema(request, response, schemas);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    schemas,
    requests,
    failWith(status) {
      failure = status;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}

function answerSchema(request: IncomingMessage, response: ServerResponse, schemas: RegistryDouble['schemas']): void {
  const id = Number(/\/schemas\/ids\/(\d+)$/.exec(request.url ?? '')?.[1]);
  const found = schemas.get(id);
  if (found === undefined) answer(response, 404, { error_code: 40403, message: 'Schema not found' });
  else answer(response, 200, found);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
  response.end(JSON.stringify(body));
}

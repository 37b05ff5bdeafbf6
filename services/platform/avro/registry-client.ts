import { Agent } from 'node:https';
import { SchemaRegistry as Client, SchemaType } from '@kafkajs/confluent-schema-registry';
import type { RegistryConnection } from '../runtime/connections.ts';
import { useSafeTypes } from './safe-types.ts';

type Middleware = NonNullable<ConstructorParameters<typeof Client>[0]['middlewares']>[number];

const requestTimeoutMs = 5_000;

/** The HTTP library waits for ever by default. */
const boundInTime: Middleware = () => ({
  request: (request) => Promise.resolve(request.enhance({ timeout: requestTimeoutMs })),
});

/** The registry's own client, with reads repeated twice. */
export function createRegistryClient({ url, ca, authorization }: RegistryConnection): Client {
  const authorize: Middleware = () => ({
    request: (request) => Promise.resolve(request.enhance({ headers: { authorization: authorization ?? '' } })),
  });
  const middlewares = authorization === undefined ? [boundInTime] : [boundInTime, authorize];
  const agent = ca === undefined ? {} : { agent: new Agent({ ca, keepAlive: true }) };
  return new Client(
    { host: url.replace(/\/+$/, ''), clientId: 'tidewatch', retry: { retries: 2 }, middlewares, ...agent },
    { [SchemaType.AVRO]: { typeHook: useSafeTypes } },
  );
}

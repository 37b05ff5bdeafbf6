import { SchemaRegistry as Client, SchemaType } from '@kafkajs/confluent-schema-registry';
import { useSafeTypes } from './safe-types.ts';

type Middleware = NonNullable<ConstructorParameters<typeof Client>[0]['middlewares']>[number];

const requestTimeoutMs = 5_000;

/** The HTTP library waits for ever by default. */
const boundInTime: Middleware = () => ({
  request: (request) => Promise.resolve(request.enhance({ timeout: requestTimeoutMs })),
});

/** The registry's own client, with reads repeated twice. */
export function createRegistryClient(url: string): Client {
  return new Client(
    { host: url.replace(/\/+$/, ''), clientId: 'tidewatch', retry: { retries: 2 }, middlewares: [boundInTime] },
    { [SchemaType.AVRO]: { typeHook: useSafeTypes } },
  );
}

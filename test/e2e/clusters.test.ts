import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { topicsWithPrefix } from '../../services/core/events/topics.ts';
import { createSchemaRegistry } from '../../services/platform/avro/schema-registry.ts';
import { checkKafka } from '../../services/platform/kafka/check-kafka.ts';
import { createKafkaClient, type KafkaClient } from '../../services/platform/kafka/kafka-client.ts';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { createKafkaSource } from '../../services/platform/kafka/kafka-source.ts';
import { createRedisClaimStore } from '../../services/platform/redis/redis-claim-store.ts';
import { createRedis } from '../../services/platform/redis/redis-client.ts';
import type { KafkaConnection, RedisAddress } from '../../services/platform/runtime/connections.ts';
import { createInstallation } from '../../services/platform/runtime/installation.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { rootDir } from '../support/root-dir.ts';
import { type Certificates, makeCertificates } from '../support/servers/certificates.ts';
import { type GuardedRegistry, openGuardedRegistry } from '../support/servers/guarded-registry.ts';
import { type BrokerUser, startSecuredBroker, userConnection } from '../support/servers/secured-broker.ts';
import { rightsOfThePage } from '../support/servers/rights-of-the-page.ts';
import { type SecuredRedis, startSecuredRedis } from '../support/servers/secured-redis.ts';
import { openServerHome, type ServerHome } from '../support/servers/server-home.ts';
import { openTokenEndpoint, unsignedToken, type TokenEndpoint } from '../support/servers/token-endpoint.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { stackAddresses } from '../support/stack-addresses.ts';
import { testPrefix } from '../support/test-prefix.ts';

/*
 * Servers that take TLS only, ask for a login and permit each service what docs/reference/clusters.md says it needs:
 * the rights are read from that page, so what can be copied from there is what was tried here.
 */

const logger = createLogger({ name: 'test', level: 'silent' });
const prefix = testPrefix();
const topics = topicsWithPrefix(prefix);
const password = (user: string): string => `s3cret-of-${user}`;
const users = (['admin', 'tw-ingest', 'tw-scorer', 'tw-alerts', 'nobody'] as const).map((name): BrokerUser => {
  return { name, password: password(name), mechanism: name === 'tw-scorer' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512' };
});
const basic = (user: string): string => `Basic ${Buffer.from(`${user}:${password(user)}`).toString('base64')}`;

let home: ServerHome;
let certificates: Certificates;
let broker: string;
let redis: SecuredRedis;
let registry: GuardedRegistry;
let folder: string;
let admin: ReturnType<KafkaClient['admin']>;
let token: string;
let writeKey: string;

function connectionOf(name: string): KafkaConnection {
  const user = users.find((each) => each.name === name);
  if (user === undefined) throw new Error(`no user ${name}`);
  return userConnection(broker, certificates, user);
}

function clientOf(connection: KafkaConnection): KafkaClient {
  return createKafkaClient({ ...connection, clientId: 'test', logger });
}

/** What a service of this user is told; secrets stand in files. */
async function environmentOf(user: string): Promise<Record<string, string>> {
  const secretFile = join(folder, `${user}.password`);
  await writeFile(secretFile, `${password(user)}\n`);
  return {
    KAFKA_BROKERS: broker,
    KAFKA_SSL: 'true',
    KAFKA_SSL_CA_FILE: certificates.caFile,
    KAFKA_SASL_MECHANISM: user === 'tw-scorer' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: user,
    KAFKA_SASL_PASSWORD_FILE: secretFile,
    SCHEMA_REGISTRY_URL: registry.url,
    SCHEMA_REGISTRY_CA_FILE: certificates.caFile,
    SCHEMA_REGISTRY_USER: user,
    SCHEMA_REGISTRY_PASSWORD_FILE: secretFile,
    REDIS_URL: redis.url.replace('//', `//${user}@`),
    REDIS_CA_FILE: certificates.caFile,
    REDIS_PASSWORD_FILE: secretFile,
    TIDEWATCH_TOPIC_PREFIX: prefix,
    TIDEWATCH_GROUP_PREFIX: prefix,
    TIDEWATCH_KEY_PREFIX: prefix,
    TIDEWATCH_INSTALLATION_FILE: join(folder, 'installation.json'),
    TIDEWATCH_MODEL_DIR: join(rootDir, 'models/retention'),
    TIDEWATCH_LOG_LEVEL: 'info',
  };
}

async function cli(args: readonly string[], env: Record<string, string>) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(args, { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

beforeAll(async () => {
  home = await openServerHome();
  folder = await mkdtemp(join(home.layout.home, 'secrets-'));
  certificates = await makeCertificates(folder);
  const rights = await rightsOfThePage(prefix, password);
  const lines = ['user default off', `user admin on >${password('admin')} ~* &* +@all`, ...rights.redis];
  const acl = { lines, admin: 'admin', password: password('admin') };
  const all = ['admin', 'tw-ingest', 'tw-scorer', 'tw-alerts'].map(basic);
  [broker, redis, registry] = await Promise.all([
    startSecuredBroker(home, certificates, users),
    startSecuredRedis(home, certificates, acl),
    openGuardedRegistry(stackAddresses.schemaRegistry, certificates, {
      all: [...all, 'Bearer a-t0ken'],
      readOnly: [basic('nobody')],
    }),
  ]);
  const installation = await createInstallation(join(folder, 'installation.json'), {});
  token = installation.token;
  writeKey = installation.writeKeys['web'];
  admin = clientOf(connectionOf('admin')).admin();
  await admin.connect();
  await admin.createAcls({ acl: rights.kafka });
  // Services may not create topics; this is what the administrator does for them.
  const { code, stderr } = await cli(['provision'], {
    ...(await environmentOf('admin')),
    TIDEWATCH_PARTITIONS: '3',
    TIDEWATCH_LOG_LEVEL: 'warn',
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

afterAll(async () => {
  await admin.disconnect();
  await registry.close();
  await home.close();
});

describe('a secured Kafka', () => {
  let endpoint: TokenEndpoint;

  beforeAll(async () => {
    endpoint = await openTokenEndpoint(certificates, basic('oauth'));
  });

  afterAll(() => endpoint.close());

  function endpointConnection(clientSecret: string): KafkaConnection {
    const { url } = endpoint;
    const tokens = {
      kind: 'endpoint',
      url,
      clientId: 'oauth',
      clientSecret,
      scope: 'kafka',
      ca: certificates.ca,
    } as const;
    return { brokers: [broker], tls: { ca: certificates.ca }, sasl: { mechanism: 'oauthbearer', tokens } };
  }

  it.each(['tw-ingest', 'tw-scorer'])('lets %s in by SCRAM', async (user) => {
    await checkKafka(clientOf(connectionOf(user)));
  });

  it('lets in by PLAIN', async () => {
    const sasl = { mechanism: 'plain', username: 'nobody', password: password('nobody') } as const;
    await checkKafka(clientOf({ ...connectionOf('nobody'), sasl }));
  });

  it('lets in by OAUTHBEARER with a token of the endpoint, which is asked once for several connections', async () => {
    endpoint.asked.length = 0;
    const client = clientOf(endpointConnection(password('oauth')));
    await checkKafka(client);
    await checkKafka(client);
    expect(endpoint.asked).toEqual(['grant_type=client_credentials&scope=kafka']);
  });

  it('lets in by OAUTHBEARER with a token of a module', async () => {
    const path = join(folder, 'tokens.mjs');
    await writeFile(
      path,
      `export const oauthBearerToken = async () => ({ value: ${JSON.stringify(unsignedToken())} });\n`,
    );
    const sasl = { mechanism: 'oauthbearer', tokens: { kind: 'module', path } } as const;
    await checkKafka(clientOf({ ...connectionOf('nobody'), sasl }));
  });

  it('is told apart from one that is gone: a wrong password, an unknown authority, no TLS, a refused client', async () => {
    const sasl = { mechanism: 'scram-sha-512', username: 'admin', password: 'wr0ng' } as const;
    const wrong = checkKafka(clientOf({ ...connectionOf('admin'), sasl }));
    await expect(wrong).rejects.toMatchObject({
      code: 'ERR_LOG_DENIED',
      retryable: false,
      message: expect.stringMatching(/did not let the user in.*KAFKA_SASL_PASSWORD/) as string,
    });
    await expect(wrong).rejects.not.toThrow(/wr0ng/);
    await expect(checkKafka(clientOf({ ...connectionOf('admin'), tls: {} }))).rejects.toMatchObject({
      code: 'ERR_LOG_UNAVAILABLE',
      message: expect.stringMatching(/name the file of that authority in KAFKA_SSL_CA_FILE/) as string,
    });
    await expect(checkKafka(clientOf(endpointConnection('wr0ng')))).rejects.toMatchObject({
      code: 'ERR_LOG_DENIED',
      message: expect.stringMatching(/refused the client \(401\); check KAFKA_OAUTH_CLIENT_ID/) as string,
    });
  });

  it('names the right on the topic that publishing lacks', async () => {
    const sink = createKafkaSink({ client: clientOf(connectionOf('tw-alerts')) });
    await expect(sink.publish([{ topic: topics.scores, key: 'k', value: Buffer.from('v') }])).rejects.toMatchObject({
      code: 'ERR_LOG_DENIED',
      message: expect.stringContaining(`lacks Write on topic ${topics.scores}. Grant it: kafka-acls.sh`) as string,
    });
    await sink.stop();
  });

  it.each([
    { what: 'the topic', topic: topics.scoresLatest, groupId: `${prefix}tidewatch.alerts`, lacks: `Read on topic ${topics.scoresLatest}`, code: 'ERR_LOG_DENIED' },
    { what: 'the group', topic: topics.scores, groupId: `${prefix}other`, lacks: `Read on group ${prefix}other`, code: 'ERR_LOG_UNAVAILABLE' },
  ])('names the right on $what that reading lacks', async ({ topic, groupId, lacks, code }) => {
    const source = createKafkaSource({ client: clientOf(connectionOf('tw-alerts')), topic, groupId, logger });
    const failed = new Promise<Error>((resolve) => source.onFatal(resolve));
    const started = source.start(() => Promise.resolve()).then(() => failed, (error: unknown) => error);
    const fault = await started;
    await source.stop();
    expect(fault).toMatchObject({ code, message: expect.stringContaining(lacks) as string });
  }); // prettier-ignore

  it('without topics: names each that the user may not create, with the command that makes it', async () => {
    const env = { ...(await environmentOf('tw-ingest')), TIDEWATCH_TOPIC_PREFIX: `${prefix}new.` };
    const { code, stderr } = await cli(['provision'], env);
    expect(code).toBe(1);
    expect(stderr).toContain('ERR_LOG_DENIED');
    expect(stderr).toContain(`--operation Create --topic ${prefix}new.customer.events.dlq.v1`);
    expect(stderr).toMatch(
      /--create --topic \S+new\.retention\.tasks\.v1 --partitions 12 --config cleanup\.policy=compact/,
    );
  });
});

describe('a secured Redis', () => {
  async function withRedis<T>(
    address: Partial<RedisAddress>,
    work: (opened: ReturnType<typeof createRedis>) => Promise<T>,
  ) {
    const login = { username: 'tw-ingest', password: password('tw-ingest'), ca: certificates.ca };
    const opened = createRedis({ url: redis.url, ...login, logger, ...address });
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  const claims = [{ tenant: 't', source: 's', eventId: 'e', contentHash: 'h' }];

  it('is told apart from one that is gone: a wrong password and an unknown authority', async () => {
    await withRedis({ password: 'wr0ng' }, (opened) =>
      eventually(async () => {
        await expect(opened.check()).rejects.toMatchObject({
          code: 'ERR_STORE_DENIED',
          message: expect.stringMatching(/does not let the user in.*check REDIS_USERNAME and REDIS_PASSWORD/) as string,
        });
      }),
    );
    await withRedis({ ca: undefined }, (opened) =>
      eventually(async () => {
        await expect(opened.check()).rejects.toThrow(/name the file of that authority in REDIS_CA_FILE/);
      }),
    );
  });

  it('names what is not permitted: keys of another installation, and a command', async () => {
    await withRedis({}, async (opened) => {
      await eventually(() => opened.check());
      const foreign = createRedisClaimStore({ redis: opened, keyPrefix: 'foreign:' });
      await expect(foreign.claim(claims)).rejects.toMatchObject({
        code: 'ERR_STORE_DENIED',
        message: expect.stringMatching(/does not permit the keys of .* TIDEWATCH_KEY_PREFIX/) as string,
      });
    });
    const { admin: name, scorer } = { admin: 'admin', scorer: 'tw-scorer' };
    await withRedis({ username: name, password: password(name) }, async (opened) => {
      await eventually(() => opened.check());
      await opened.client.acl('SETUSER', 'short', 'on', `>${password(scorer)}`, `~${prefix}*`, '-@all', '+info');
    });
    await withRedis({ username: 'short', password: password(scorer) }, async (opened) => {
      await eventually(() => opened.check());
      const store = createRedisClaimStore({ redis: opened, keyPrefix: prefix });
      await expect(store.claim(claims)).rejects.toMatchObject({
        code: 'ERR_STORE_DENIED',
        message: expect.stringMatching(/does not permit EVALSHA .*ACL SETUSER NAME \+evalsha/) as string,
      });
    });
  });

  it('is found by its sentinel, by TLS all the way', async () => {
    const [host, port] = redis.sentinel.split(':');
    const sentinels = { addresses: [{ host, port: Number(port) }], name: 'mymaster', password: redis.sentinelPassword };
    await withRedis({ url: 'rediss://not-used.invalid', sentinels }, async (opened) => {
      await eventually(() => opened.check());
      const store = createRedisClaimStore({ redis: opened, keyPrefix: `${prefix}sentinel:` });
      expect(await store.claim(claims)).toMatchObject([{}]);
    });
  });
});

describe('a secured registry', () => {
  const registryOf = (authorization: string | undefined, ca: string | undefined = certificates.ca) =>
    createSchemaRegistry({ url: registry.url, ca, authorization, logger, registerTimeoutMs: 1 });

  it('takes a bearer token, for what the client library asks as well', async () => {
    const open = registryOf('Bearer a-t0ken');
    await open.check();
    await open.codec(topics.scores, 'score');
  });

  it('says whether the login or a right is missing, or the authority unknown', async () => {
    await expect(registryOf(basic('stranger')).check()).rejects.toMatchObject({
      code: 'ERR_REGISTRY_DENIED',
      retryable: false,
      message: expect.stringMatching(/answered 401.*SCHEMA_REGISTRY_USER/) as string,
    });
    await registryOf(basic('nobody')).check();
    await expect(registryOf(basic('nobody')).codec(topics.scores, 'score')).rejects.toMatchObject({
      code: 'ERR_REGISTRY_DENIED',
      message: expect.stringMatching(/answered 403.*grant the user/) as string,
    });
    const distrustful = createSchemaRegistry({ url: registry.url, authorization: basic('admin'), logger });
    await expect(distrustful.check()).rejects.toThrow(/name the file of that authority in SCHEMA_REGISTRY_CA_FILE/);
  });
});

describe('an installation whose users may do no more than the page says', () => {
  it('takes an event, scores it and logs no secret', async () => {
    const start = async (name: string): Promise<ServiceProcess> =>
      startService(name, { ...(await environmentOf(`tw-${name}`)), [`TIDEWATCH_${name.toUpperCase()}_PORT`]: '0' });
    const services = await Promise.all(['ingest', 'scorer', 'alerts'].map(start));
    const [ingest, scorer] = services;
    const at = new Date().toISOString();
    const event = { type: 'track', messageId: `${prefix}1`, userId: 'ann', event: 'Order Completed', timestamp: at };
    const answer = await fetch(`${ingest.url}/v1/batch`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ batch: [{ ...event, properties: { total: 25, currency: 'GBP' } }], sentAt: at }),
    });
    expect(answer.status).toBe(200);
    const authorization = `Bearer ${token}`;
    await eventually(async () => {
      const score = await fetch(`${scorer.url}/v1/customers/ann/score`, { headers: { authorization } });
      expect(await score.json()).toMatchObject({ customerRef: 'ann', degraded: false });
    });
    await eventually(async () => {
      const groups = ['scorer', 'alerts'].map((name) => `${prefix}tidewatch.${name}`);
      for (const groupId of groups) {
        const commits = await admin.fetchOffsets({ groupId });
        expect(commits.flatMap(({ partitions }) => partitions).some(({ offset }) => Number(offset) > 0)).toBe(true);
      }
    });
    const [file, ownEnv] = [join(folder, 'history.csv'), await environmentOf('tw-scorer')];
    await writeFile(file, 'Who,When,Sum\nann,2024-05-01,12.50\n');
    const map = 'customer_id=Who,timestamp=When,amount=Sum';
    const target = ['--url', ingest.url, '--key', writeKey, '--directory', folder];
    const imported = await cli(['import', file, '--map', map, '--import-id', 'history', ...target], ownEnv);
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('on the topic: 1 of 1') as string });
    const rolledBack = await cli(['import', 'rollback', 'history', '--directory', folder], ownEnv);
    expect(rolledBack).toMatchObject({ code: 0, stdout: expect.stringContaining('1 events of 1 customers') as string });
    expect(await Promise.all(services.map((service) => service.stop()))).toEqual([0, 0, 0]);
    const said = services.map((service) => service.output()).join('\n');
    expect(said).toContain('"KAFKA_SASL_USERNAME":"tw-ingest"');
    expect(said).not.toContain('s3cret');
    expect(said).not.toMatch(/DENIED|NOPERM|AUTHORIZATION_FAILED/);
  });

  it('is found in order by doctor, which names a topic that differs and a connection that is refused', async () => {
    const env = await environmentOf('tw-ingest');
    const sound = await cli(['doctor'], env);
    expect(sound.stdout).toMatch(/ok {5}Topics: 13 topics, 3 partitions/);
    expect(sound.code).toBe(0);
    const resources = [
      { type: 2, name: topics.eventsLate, configEntries: [{ name: 'cleanup.policy', value: 'compact' }] },
    ];
    await admin.alterConfigs({ validateOnly: false, resources });
    const differing = await cli(['doctor'], env);
    expect(differing.stdout).toMatch(
      /fault {2}Topics: \S+late\.v1 has cleanup\.policy compact, not delete\n +-> kafka-configs\.sh .*cleanup\.policy=delete/,
    );
    const { KAFKA_SASL_PASSWORD_FILE: _file, REDIS_PASSWORD_FILE: _other, ...rest } = env;
    const refused = await cli(['doctor'], { ...rest, KAFKA_SASL_PASSWORD: 'wr0ng', REDIS_PASSWORD: 'wr0ng' });
    expect(refused.stdout).toMatch(/fault {2}Kafka: .*did not let the user in/);
    expect(refused.stdout).toMatch(/fault {2}Redis: .*does not let the user in/);
    expect(refused.stdout).toMatch(/ok {5}Schema registry/);
    expect(refused.stdout).not.toContain('wr0ng');
    expect(refused.code).toBe(1);
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

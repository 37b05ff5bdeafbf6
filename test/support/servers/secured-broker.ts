import { writeFile } from 'node:fs/promises';
import { kafkaFormatSpec, kafkaProperties, kafkaSpec, newClusterId } from '../../../scripts/stack/local/kafka-spec.ts';
import { checkKafka } from '../../../services/platform/kafka/check-kafka.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import type { KafkaConnection } from '../../../services/platform/runtime/connections.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import type { Certificates } from './certificates.ts';
import { createKillableServer } from './killable-server.ts';
import type { ServerHome } from './server-home.ts';

/** Users of the broker; `admin` may do everything, the others only what they are granted. */
export interface BrokerUser {
  readonly name: string;
  readonly password: string;
  readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
}

/**
 * A broker of the test's own that takes TLS and SCRAM only and asks an authorizer about everything.
 * @returns `host:port`
 */
export async function startSecuredBroker(
  home: ServerHome,
  certificates: Certificates,
  users: readonly BrokerUser[],
): Promise<string> {
  const { layout } = home;
  const { kafka, controller } = layout.ports;
  const address = `127.0.0.1:${kafka}`;
  const settings = {
    listeners: `SASL_SSL://${address},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `SASL_SSL://${address}`,
    'listener.security.protocol.map': 'SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'SASL_SSL',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': scramLogin(users[0]),
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': scramLogin(users[0]),
    'listener.name.sasl_ssl.plain.sasl.jaas.config': plainLogins(users),
    'listener.name.sasl_ssl.oauthbearer.sasl.jaas.config':
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="admin";',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': certificates.bothFile,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': certificates.caFile,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:admin;User:ANONYMOUS',
  };
  const given = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await writeFile(layout.kafkaConfig, [kafkaProperties(layout), ...given, ''].join('\n'));
  const spec = kafkaFormatSpec(layout, newClusterId());
  const format = await home.launch({ ...spec, args: [...spec.args, ...users.flatMap(scramOption)] });
  if ((await format.end) !== 0) throw new Error(`${format.ended()}; see ${format.logFile}`);
  const client = createKafkaClient({
    ...userConnection(address, certificates, users[0]),
    clientId: 'test',
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  await createKillableServer(home, kafkaSpec(layout), () => checkKafka(client)).start();
  return address;
}

/** How a user of the broker connects. */
export function userConnection(address: string, { ca }: { readonly ca: string }, user: BrokerUser): KafkaConnection {
  const mechanism = user.mechanism.toLowerCase() as 'scram-sha-256' | 'scram-sha-512';
  return { brokers: [address], tls: { ca }, sasl: { mechanism, username: user.name, password: user.password } };
}

function scramOption({ name, password, mechanism }: BrokerUser): string[] {
  return ['--add-scram', `${mechanism}=[name=${name},password=${password}]`];
}

function scramLogin({ name, password }: BrokerUser): string {
  return `org.apache.kafka.common.security.scram.ScramLoginModule required username="${name}" password="${password}";`;
}

function plainLogins(users: readonly BrokerUser[]): string {
  const logins = users.map(({ name, password }) => ` user_${name}="${password}"`).join('');
  return `org.apache.kafka.common.security.plain.PlainLoginModule required${logins};`;
}

import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { EngineError } from '../../core/errors.ts';
import type { connectionConfig } from './connection-config.ts';
import type { Connections, KafkaConnection, RedisAddress, RegistryConnection, SaslSettings } from './connections.ts';

type Settings = z.output<z.ZodObject<typeof connectionConfig>>;

/** The part of a service's configuration that says how to connect. */
export interface ConnectionConfig extends Settings {
  readonly KAFKA_BROKERS: readonly string[];
  readonly SCHEMA_REGISTRY_URL: string;
  readonly REDIS_URL: string;
}

type TextName = {
  [N in keyof ConnectionConfig]-?: Exclude<ConnectionConfig[N], undefined> extends string ? N : never;
}[keyof ConnectionConfig] &
  string;

/**
 * Reads certificates and secrets from their files and checks that the settings fit together.
 * @throws EngineError ERR_CONFIG_INVALID with every problem; it never shows a secret
 */
export function readConnections(config: ConnectionConfig): Connections {
  const reader = new SettingsReader(config);
  const connections = { kafka: readKafka(reader), registry: readRegistry(reader), redis: readRedis(reader) };
  const { problems } = reader;
  if (problems.length === 0) return connections;
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  const message = `the connections cannot be made as they are configured:${list}\ndocs/reference/clusters.md shows whole examples.`;
  throw new EngineError('ERR_CONFIG_INVALID', message, { retryable: false, context: { problems: problems.length } });
}

function readKafka(reader: SettingsReader): KafkaConnection {
  const { config } = reader;
  const certificates = { ...reader.file('ca', 'KAFKA_SSL_CA_FILE'), ...reader.file('cert', 'KAFKA_SSL_CERT_FILE') };
  const tls = { ...certificates, ...reader.file('key', 'KAFKA_SSL_KEY_FILE') };
  reader.pair('KAFKA_SSL_CERT_FILE', 'KAFKA_SSL_KEY_FILE');
  if (!config.KAFKA_SSL && Object.keys(tls).length > 0) reader.problems.push('KAFKA_SSL must be true for KAFKA_SSL_*');
  return { brokers: config.KAFKA_BROKERS, ...(config.KAFKA_SSL ? { tls } : {}), sasl: readSasl(reader) };
}

function readSasl(reader: SettingsReader): SaslSettings | undefined {
  const mechanism = reader.config.KAFKA_SASL_MECHANISM;
  const password = reader.secret('KAFKA_SASL_PASSWORD', 'KAFKA_SASL_PASSWORD_FILE');
  const username = reader.config.KAFKA_SASL_USERNAME;
  if (mechanism === 'OAUTHBEARER') return readTokens(reader);
  if (mechanism === undefined) {
    if (username !== undefined) reader.problems.push('KAFKA_SASL_MECHANISM must be set for KAFKA_SASL_USERNAME');
    return undefined;
  }
  if (username === undefined) reader.problems.push(`KAFKA_SASL_USERNAME must be set for ${mechanism}`);
  if (password === undefined) reader.problems.push(`KAFKA_SASL_PASSWORD or its _FILE must be set for ${mechanism}`);
  if (mechanism === 'PLAIN' && !reader.config.KAFKA_SSL) {
    reader.problems.push('KAFKA_SSL must be true for PLAIN, which sends the password as it is');
  }
  const lower = mechanism.toLowerCase() as 'plain' | 'scram-sha-256' | 'scram-sha-512';
  return { mechanism: lower, username: username ?? '', password: password ?? '' };
}

function readTokens(reader: SettingsReader): SaslSettings {
  const { config } = reader;
  const clientSecret = reader.secret('KAFKA_OAUTH_CLIENT_SECRET', 'KAFKA_OAUTH_CLIENT_SECRET_FILE');
  const { KAFKA_OAUTH_MODULE: path, KAFKA_OAUTH_TOKEN_URL: url, KAFKA_OAUTH_CLIENT_ID: clientId } = config;
  if (path !== undefined) return { mechanism: 'oauthbearer', tokens: { kind: 'module', path } };
  if (url === undefined || clientId === undefined || clientSecret === undefined) {
    const wanted = 'KAFKA_OAUTH_TOKEN_URL, KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET (or its _FILE)';
    reader.problems.push(`OAUTHBEARER needs KAFKA_OAUTH_MODULE, or ${wanted}`);
  }
  const endpoint = { url: url ?? '', clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
  const scope = config.KAFKA_OAUTH_SCOPE === undefined ? {} : { scope: config.KAFKA_OAUTH_SCOPE };
  const ca = reader.file('ca', 'KAFKA_OAUTH_CA_FILE');
  return { mechanism: 'oauthbearer', tokens: { kind: 'endpoint', ...endpoint, ...scope, ...ca } };
}

function readRegistry(reader: SettingsReader): RegistryConnection {
  const { config } = reader;
  const address = new URL(config.SCHEMA_REGISTRY_URL);
  const user = config.SCHEMA_REGISTRY_USER ?? decodeURIComponent(address.username);
  const secret = reader.secret('SCHEMA_REGISTRY_PASSWORD', 'SCHEMA_REGISTRY_PASSWORD_FILE');
  const password = secret ?? decodeURIComponent(address.password);
  const token = reader.secret('SCHEMA_REGISTRY_TOKEN', 'SCHEMA_REGISTRY_TOKEN_FILE');
  if (token !== undefined && user !== '') reader.problems.push('set SCHEMA_REGISTRY_TOKEN or a user, not both');
  if (user === '' && secret !== undefined) reader.problems.push('SCHEMA_REGISTRY_USER must be set for its password');
  [address.username, address.password] = ['', ''];
  const basic = user === '' ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const authorization = token === undefined ? basic : `Bearer ${token}`;
  const url = address.href.replace(/\/+$/, '');
  return { url, ...reader.file('ca', 'SCHEMA_REGISTRY_CA_FILE'), authorization };
}

function readRedis(reader: SettingsReader): RedisAddress {
  const { config } = reader;
  const ca = reader.file('ca', 'REDIS_CA_FILE');
  if ('ca' in ca && !config.REDIS_URL.startsWith('rediss:')) {
    reader.problems.push('REDIS_URL must begin with rediss:// for REDIS_CA_FILE');
  }
  const password = reader.secret('REDIS_PASSWORD', 'REDIS_PASSWORD_FILE');
  const sentinelPassword = reader.secret('REDIS_SENTINEL_PASSWORD', 'REDIS_SENTINEL_PASSWORD_FILE');
  const sentinels = config.REDIS_SENTINELS && {
    addresses: config.REDIS_SENTINELS.map(splitAddress),
    name: config.REDIS_SENTINEL_NAME,
    username: config.REDIS_SENTINEL_USERNAME,
    password: sentinelPassword,
  };
  return { url: config.REDIS_URL, username: config.REDIS_USERNAME, password, ...ca, sentinels };
}

function splitAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) };
}

class SettingsReader {
  readonly config: ConnectionConfig;
  readonly problems: string[] = [];

  constructor(config: ConnectionConfig) {
    this.config = config;
  }

  /** The text of the file that `variable` names, under `name`; nothing where it is not set. */
  file<K extends string>(name: K, variable: TextName): { [N in K]?: string } {
    const path = this.config[variable];
    if (path === undefined) return {};
    try {
      return { [name]: readFileSync(path, 'utf8') } as { [N in K]?: string };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      this.problems.push(`${variable} names a file that cannot be read: ${path} (${code})`);
      return {};
    }
  }

  secret(variable: TextName, fileVariable: TextName): string | undefined {
    const given = this.config[variable];
    if (given !== undefined && this.config[fileVariable] !== undefined) {
      this.problems.push(`${variable} and ${fileVariable} are both set; set one`);
    }
    if (given !== undefined) return given;
    return this.file('text', fileVariable).text?.replace(/\r?\n$/, '');
  }

  pair(one: TextName, other: TextName): void {
    if ((this.config[one] === undefined) !== (this.config[other] === undefined)) {
      this.problems.push(`${one} and ${other} must be set together`);
    }
  }
}

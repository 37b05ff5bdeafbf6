import { servicesAndTools, type KnownVariable } from './known-variable.ts';

/** Variables that say where Kafka, the registry and Redis are, and how to be let in. */
export const connectionVariables: readonly KnownVariable[] = [
  {
    name: 'KAFKA_BROKERS',
    readBy: servicesAndTools,
    default: null,
    description: 'Kafka bootstrap addresses, `host:port`, separated by commas. Set, it selects an external stack.',
  },
  {
    name: 'SCHEMA_REGISTRY_URL',
    readBy: servicesAndTools,
    default: null,
    description:
      'Address of the Confluent-compatible schema registry, with its path (`http://host:8081/apis/ccompat/v7`).',
  },
  {
    name: 'REDIS_URL',
    readBy: servicesAndTools,
    default: null,
    description: 'Address of Redis, `redis://[user:password@]host:port[/db]` (`rediss://` for TLS).',
  },
  {
    name: 'KAFKA_SSL',
    readBy: servicesAndTools,
    default: 'false',
    description: '`true` connects to Kafka by TLS.',
  },
  {
    name: 'KAFKA_SSL_CA_FILE',
    readBy: servicesAndTools,
    default: null,
    description:
      "PEM file with the authority that Kafka's certificate is checked against; the well-known ones when not set.",
  },
  {
    name: 'KAFKA_SSL_CERT_FILE',
    readBy: servicesAndTools,
    default: null,
    description: "PEM file with the client's certificate, where Kafka asks for one.",
  },
  {
    name: 'KAFKA_SSL_KEY_FILE',
    readBy: servicesAndTools,
    default: null,
    description: 'PEM file with the key of KAFKA_SSL_CERT_FILE.',
  },
  {
    name: 'KAFKA_SASL_MECHANISM',
    readBy: servicesAndTools,
    default: null,
    description: '`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`; no login when not set.',
  },
  {
    name: 'KAFKA_SASL_USERNAME',
    readBy: servicesAndTools,
    default: null,
    description: 'User of PLAIN and SCRAM.',
  },
  {
    name: 'KAFKA_SASL_PASSWORD',
    readBy: servicesAndTools,
    default: null,
    description: 'Password of PLAIN and SCRAM.',
    secret: true,
  },
  {
    name: 'KAFKA_SASL_PASSWORD_FILE',
    readBy: servicesAndTools,
    default: null,
    description: 'File that holds the password instead; a line break at its end is not part of it.',
  },
  {
    name: 'KAFKA_OAUTH_TOKEN_URL',
    readBy: servicesAndTools,
    default: null,
    description: 'OAUTHBEARER: endpoint that gives tokens for client credentials.',
  },
  {
    name: 'KAFKA_OAUTH_CLIENT_ID',
    readBy: servicesAndTools,
    default: null,
    description: 'OAUTHBEARER: id of the client at the token endpoint.',
  },
  {
    name: 'KAFKA_OAUTH_CLIENT_SECRET',
    readBy: servicesAndTools,
    default: null,
    description: 'OAUTHBEARER: secret of the client at the token endpoint.',
    secret: true,
  },
  {
    name: 'KAFKA_OAUTH_CLIENT_SECRET_FILE',
    readBy: servicesAndTools,
    default: null,
    description: "OAUTHBEARER: file that holds the client's secret instead.",
  },
  {
    name: 'KAFKA_OAUTH_SCOPE',
    readBy: servicesAndTools,
    default: null,
    description: 'OAUTHBEARER: scope to ask for.',
  },
  {
    name: 'KAFKA_OAUTH_CA_FILE',
    readBy: servicesAndTools,
    default: null,
    description: "OAUTHBEARER: PEM file with the authority of the token endpoint's certificate.",
  },
  {
    name: 'KAFKA_OAUTH_MODULE',
    readBy: servicesAndTools,
    default: null,
    description:
      'OAUTHBEARER: JavaScript module to take tokens from instead of an endpoint; it exports `oauthBearerToken(): Promise<{ value, expiresAt? }>`, `expiresAt` in ms since 1970.',
  },
  {
    name: 'SCHEMA_REGISTRY_USER',
    readBy: servicesAndTools,
    default: null,
    description: 'User of the registry (Basic). User and password may also stand in SCHEMA_REGISTRY_URL.',
  },
  {
    name: 'SCHEMA_REGISTRY_PASSWORD',
    readBy: servicesAndTools,
    default: null,
    description: 'Password of the registry.',
    secret: true,
  },
  {
    name: 'SCHEMA_REGISTRY_PASSWORD_FILE',
    readBy: servicesAndTools,
    default: null,
    description: "File that holds the registry's password instead.",
  },
  {
    name: 'SCHEMA_REGISTRY_TOKEN',
    readBy: servicesAndTools,
    default: null,
    description: 'Bearer token of the registry, instead of user and password.',
    secret: true,
  },
  {
    name: 'SCHEMA_REGISTRY_TOKEN_FILE',
    readBy: servicesAndTools,
    default: null,
    description: "File that holds the registry's bearer token instead.",
  },
  {
    name: 'SCHEMA_REGISTRY_CA_FILE',
    readBy: servicesAndTools,
    default: null,
    description: "PEM file with the authority that the registry's certificate is checked against.",
  },
  {
    name: 'REDIS_USERNAME',
    readBy: servicesAndTools,
    default: null,
    description: "User of Redis' access control; overrides the one in REDIS_URL.",
  },
  {
    name: 'REDIS_PASSWORD',
    readBy: servicesAndTools,
    default: null,
    description: 'Password of Redis; overrides the one in REDIS_URL.',
    secret: true,
  },
  {
    name: 'REDIS_PASSWORD_FILE',
    readBy: servicesAndTools,
    default: null,
    description: 'File that holds the password of Redis instead.',
  },
  {
    name: 'REDIS_CA_FILE',
    readBy: servicesAndTools,
    default: null,
    description:
      'PEM file with the authority that the certificates of Redis and its sentinels are checked against (`rediss://`).',
  },
  {
    name: 'REDIS_SENTINELS',
    readBy: servicesAndTools,
    default: null,
    description:
      'Sentinels that know the master, `host:port`, separated by commas; host and port of REDIS_URL are then not used.',
  },
  {
    name: 'REDIS_SENTINEL_NAME',
    readBy: servicesAndTools,
    default: 'mymaster',
    description: 'Name of the master at the sentinels.',
  },
  {
    name: 'REDIS_SENTINEL_USERNAME',
    readBy: servicesAndTools,
    default: null,
    description: 'User at the sentinels, where they ask for one.',
  },
  {
    name: 'REDIS_SENTINEL_PASSWORD',
    readBy: servicesAndTools,
    default: null,
    description: 'Password at the sentinels, where they ask for one.',
    secret: true,
  },
  {
    name: 'REDIS_SENTINEL_PASSWORD_FILE',
    readBy: servicesAndTools,
    default: null,
    description: 'File that holds the password at the sentinels instead.',
  },
];

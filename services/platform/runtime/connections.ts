/** Certificates as PEM text. An empty object means TLS with the authorities that Node.js knows. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where OAUTHBEARER tokens come from. */
export type TokenSource =
  | {
      readonly kind: 'endpoint';
      readonly url: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope?: string;
      readonly ca?: string;
    }
  | { readonly kind: 'module'; readonly path: string };

export type SaslSettings =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  | { readonly mechanism: 'oauthbearer'; readonly tokens: TokenSource };

export interface KafkaConnection {
  /** `host:port` of each. */
  readonly brokers: readonly string[];
  readonly tls?: TlsSettings | undefined;
  readonly sasl?: SaslSettings | undefined;
}

export interface RegistryConnection {
  /** Base address of a Confluent-compatible registry, without credentials. */
  readonly url: string;
  readonly ca?: string | undefined;
  /** Value of the header. */
  readonly authorization?: string | undefined;
}

export interface SentinelSettings {
  readonly addresses: readonly { readonly host: string; readonly port: number }[];
  readonly name: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export interface RedisAddress {
  /** Its scheme, credentials and database count; its host and port only where there are no sentinels. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly ca?: string | undefined;
  readonly sentinels?: SentinelSettings | undefined;
}

/** Everything that is needed to connect to a stack. Holds secrets: it is handed on, never logged. */
export interface Connections {
  readonly kafka: KafkaConnection;
  readonly registry: RegistryConnection;
  readonly redis: RedisAddress;
}

import { join } from 'node:path';

export const usualPorts = { kafka: 9092, controller: 9093, registry: 8080, redis: 6379 } as const;

export type StackPorts = Readonly<Record<keyof typeof usualPorts, number>>;

/** Where the parts of one local stack are and listen. */
export interface LocalLayout {
  readonly java: string;
  readonly redisServer: string;
  readonly artefacts: string;
  /** Holds `data`, `logs` and `scratch` of this stack. */
  readonly home: string;
  readonly data: string;
  readonly kafkaData: string;
  readonly redisData: string;
  readonly kafkaConfig: string;
  readonly logs: string;
  readonly scratch: string;
  readonly ports: StackPorts;
}

export type LayoutParts = Pick<LocalLayout, 'java' | 'redisServer' | 'artefacts' | 'home' | 'ports'>;

export function createLayout(parts: LayoutParts): LocalLayout {
  const data = join(parts.home, 'data');
  return {
    ...parts,
    data,
    kafkaData: join(data, 'kafka'),
    redisData: join(data, 'redis'),
    kafkaConfig: join(parts.home, 'server.properties'),
    logs: join(parts.home, 'logs'),
    scratch: join(parts.home, 'scratch'),
  };
}

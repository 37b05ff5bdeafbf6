import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import type { KafkaLogSource } from '../platform/kafka/kafka-source.ts';

/** One of the things that alerts does; all of them share its connections and its server. */
export interface AlertsPart {
  /** Its consumer groups. */
  readonly sources: readonly Pick<KafkaLogSource, 'health' | 'pulse' | 'onFatal'>[];
  /** Reasons why it makes no progress; empty when all is well. */
  problems(): readonly string[];
  addRoutes(server: FastifyInstance, authorize: preHandlerAsyncHookHandler): void;
  start(): Promise<void>;
  /** Takes nothing up any more and waits for what is under way. */
  stop(): Promise<void>;
}

import { env } from 'node:process';
import type { TestProject } from 'vitest/node';
import type {} from './stack-addresses.ts';

export default function provideStack(project: TestProject): void {
  const { KAFKA_BROKERS: kafka, SCHEMA_REGISTRY_URL: schemaRegistry, REDIS_URL: redis } = env;
  if (kafka && schemaRegistry && redis) project.provide('stackAddresses', { kafka, schemaRegistry, redis });
}

import { describe, expect, it } from 'vitest';
import { checkImports } from './rules/check-imports.ts';
import { findCycles } from './rules/find-cycles.ts';
import { readCode } from './source-tree.ts';

const all = ['services', 'cli', 'simulator', 'models', 'scripts', 'observability', 'test'];

describe('imports of the checkout', () => {
  it('follow core <- platform <- app.ts <- main.ts, with each client library in its own folder', () => {
    expect(readCode(...all).flatMap(checkImports)).toEqual([]);
  });

  it('let KPIs be recomputed by code that shares nothing with counting them', () => {
    const counting = /\/(?:counting\/|apply-kpi-fact|read-cells|read-period|customer-ledger|ledger-format)/;
    const recompute = readCode('services').filter(({ path }) => path.includes('core/kpis/recompute/'));
    expect(recompute.length).toBeGreaterThan(10);
    expect(recompute.filter(({ text }) => counting.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('form no ring', () => {
    expect(findCycles(readCode(...all))).toEqual([]);
  });
});

describe('the import rule', () => {
  it.each([
    ['core reaching for platform', 'services/core/a.ts', "import { x } from '../platform/kafka/b.ts';"],
    ['core doing I/O', 'services/core/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['core using an impure library', 'services/core/a/b.ts', "import pRetry from 'p-retry';"],
    ['a type of platform in core', 'services/core/a.ts', "import type { X } from '../platform/redis/x.ts';"],
    ['a client outside its folder', 'services/platform/redis/a.ts', "import { Kafka } from 'kafkajs';"],
    ['a client in a service', 'services/scorer/app.ts', "import { Redis } from 'ioredis';"],
    ['a client in the command line', 'cli/replay.ts', "import { Kafka } from 'kafkajs';"],
    ['one adapter using another', 'services/platform/redis/a.ts', "import { b } from '../kafka/b.ts';"],
    ['platform using a service', 'services/platform/runtime/a.ts', "import { b } from '../../ingest/b.ts';"],
    ['a step using platform', 'services/scorer/steps/a.ts', "import { b } from '../../platform/redis/b.ts';"],
    ['a pipeline doing I/O', 'services/alerts/pipeline.ts', "import { open } from 'node:fs';"],
    ['a route using platform', 'services/ingest/routes.ts', "import { b } from '../platform/http/b.ts';"],
    ['a route using Fastify itself', 'services/ingest/routes.ts', "import { fastify } from 'fastify';"],
    ['a step reaching platform by way of the root', 'services/scorer/steps/a.ts', "import { b } from '../build-b.ts';"],
    ['a route checking by a schema of its own', 'services/ingest/routes.ts', "import { z } from 'zod';"],
    ['an adapter describing', 'services/platform/kafka/a.ts', "import { z } from 'zod';"],
    ['the command line describing', 'cli/a.ts', "import { z } from 'zod';"],
    ['a service using another', 'services/alerts/app.ts', "import { b } from '../scorer/b.ts';"],
    ['a configuration using an adapter', 'services/alerts/config.ts', "import { b } from '../platform/redis/b.ts';"],
    ['the command line using a service', 'cli/a.ts', "import { b } from '../services/scorer/b.ts';"],
    ['the simulator using a service lazily', 'simulator/a.ts', "const b = await import('../services/ingest/b.ts');"],
    ['training using a service', 'models/training/a.ts', "import {\n  b,\n} from '../../services/scorer/b.ts';"],
    ['an import for its effect', 'services/core/a.ts', "import '../platform/kafka/b.ts';"],
    ['an export from elsewhere', 'services/core/a.ts', "export { b } from '../platform/kafka/b.ts';"],
  ])('refuses %s', (_case, path, text) => {
    expect(checkImports({ path, text })).toHaveLength(1);
  });

  it.each([
    ['core using core', 'services/core/tasks/a.ts', "import { b } from '../units.ts';"],
    ['an adapter using its client and core', 'services/platform/kafka/a.ts', "import { Kafka } from 'kafkajs';"],
    ['an adapter using the log', 'services/platform/redis/a.ts', "import { b } from '../telemetry/logger.ts';"],
    ['an app putting effects in', 'services/scorer/app.ts', "import { b } from '../platform/redis/b.ts';"],
    ['a part of the root', 'services/scorer/build-b.ts', "import { b } from '../platform/crypto/b.ts';"],
    ['a route taking the Fastify type', 'services/ingest/routes.ts', "import type { FastifyInstance } from 'fastify';"],
    ['training using TensorFlow', 'models/training/a.ts', "import * as tf from '@tensorflow/tfjs-core';"],
    ['a configuration', 'services/ingest/config.ts', "import { z } from 'zod';"],
    ['a description of routes', 'services/alerts/alerts-operations.ts', "import { z } from 'zod';"],
    ['a main file', 'services/ingest/main.ts', "import { b } from '../platform/runtime/run-service.ts';"],
  ])('allows %s', (_case, path, text) => {
    expect(checkImports({ path, text })).toEqual([]);
  });

  it('finds a ring and says how it goes', () => {
    const ring = [
      { path: 'cli/a.ts', text: "import { b } from './b.ts';" },
      { path: 'cli/b.ts', text: "import { c } from './c.ts';\nimport { d } from './d.ts';" },
      { path: 'cli/c.ts', text: "import type { b } from './b.ts';" },
      { path: 'cli/d.ts', text: '' },
    ];
    expect(findCycles(ring)).toEqual(['cli/b.ts -> cli/c.ts -> cli/b.ts']);
    expect(findCycles(ring.filter(({ path }) => path !== 'cli/c.ts'))).toEqual([]);
  });
});

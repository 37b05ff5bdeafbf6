import type { SourceFile } from '../source-tree.ts';
import { readImports, type ImportLine } from './read-imports.ts';

/** Libraries without I/O, clock or randomness of their own. */
const pureLibraries = new Set(['luxon', 'libphonenumber-js', 'i18n-iso-countries', '@datadog/sketches-js', 'zod']);

/** A client library is imported in its own platform folder only. */
const clientHomes: Readonly<Record<string, string>> = {
  kafkajs: 'kafka',
  ioredis: 'redis',
  avsc: 'avro',
  '@kafkajs/confluent-schema-registry': 'avro',
  '@tensorflow/tfjs-core': 'tensorflow',
  '@tensorflow/tfjs-layers': 'tensorflow',
  '@tensorflow/tfjs-backend-cpu': 'tensorflow',
  '@tensorflow/tfjs-backend-wasm': 'tensorflow',
  jose: 'crypto',
  standardwebhooks: 'crypto',
  nodemailer: 'mail',
  'ipaddr.js': 'webhooks',
  fastify: 'http',
  'zod-openapi': 'http',
  'prom-client': 'telemetry',
  pino: 'telemetry',
  '@opentelemetry/api': 'telemetry',
  '@opentelemetry/exporter-trace-otlp-http': 'telemetry',
  '@opentelemetry/resources': 'telemetry',
  '@opentelemetry/sdk-trace': 'telemetry',
  yaml: 'runtime',
  'p-retry': 'runtime',
};

/** What every platform folder may use besides itself. */
const sharedPlatform = ['telemetry', 'runtime', 'crypto'];

/**
 * Folders without a client of their own that put others together: provisioning makes topics, schemas and first records
 * as one, and the in-process codec writes the real schemas' bytes.
 */
const composing: Readonly<Record<string, readonly string[]>> = {
  provisioning: ['kafka', 'avro', 'redis', 'tensorflow'],
  memory: ['avro'],
};

/** Files that put the effects of a service together: the composition root and its parts. */
const rootPart = /^(?:app|reachability|build-[a-z-]+|[a-z-]+-metrics)\.ts$/;

/** Files that say what something looks like: the configuration, and the routes for `/openapi.json`. */
const schemaFile = /^(?:config|[a-z]+-operations|describe-[a-z-]+)\.ts$/;

const services = ['ingest', 'scorer', 'alerts'];

/** One sentence per import that breaks the house rule; files outside the house have none. */
export function checkImports(file: SourceFile): string[] {
  return readImports(file)
    .map((line) => {
      const reason = refuse(file.path, line);
      return reason === null ? null : `${file.path} imports ${line.specifier}: ${reason}`;
    })
    .filter((problem) => problem !== null);
}

function refuse(path: string, line: ImportLine): string | null {
  const [top, part = '', ...rest] = path.split('/');
  if (top !== 'services') return top === undefined ? null : refuseOutsideServices(top, path, line);
  if (part === 'core') return refuseInCore(line);
  if (part === 'platform') return refuseInPlatform(rest[0] ?? '', line);
  return refuseInService(part, rest.join('/'), line);
}

function refuseInCore({ specifier, target, library }: ImportLine): string | null {
  if (target !== null) return target.startsWith('services/core/') ? null : 'core imports core only';
  if (library !== null && pureLibraries.has(library)) return null;
  return specifier.startsWith('node:') ? 'core does no I/O' : 'this library is not on the list of pure ones';
}

function refuseInPlatform(folder: string, { target, library }: ImportLine): string | null {
  if (library === 'zod')
    return ['runtime', 'http'].includes(folder) ? null : 'zod belongs to platform/runtime and platform/http';
  if (library !== null) return refuseClient(library, folder);
  if (target === null || target.startsWith('services/core/')) return null;
  const [, part, other = ''] = target.split('/');
  if (part !== 'platform') return 'platform imports core and platform only';
  return other === folder || sharedPlatform.includes(other) || composing[folder]?.includes(other) === true
    ? null
    : `only its own folder, ${sharedPlatform.join(' and ')} are open to it`;
}

function refuseInService(service: string, file: string, line: ImportLine): string | null {
  const { target, library, isTypeOnly } = line;
  if (target !== null) {
    // What lies beside app.ts may name the types of what it is handed; nothing of them is left at run time.
    const isBeside = !file.includes('/') && file !== 'pipeline.ts' && file !== 'routes.ts';
    if (isTypeOnly && isBeside && target.startsWith('services/platform/')) return null;
    return refuseTarget(service, file, target);
  }
  if (library === null) return file.startsWith('steps/') || file === 'pipeline.ts' ? 'effects come in by ports' : null;
  if (library === 'zod')
    return schemaFile.test(file) ? null : 'only the configuration and what describes routes use it';
  if (library === 'fastify' && isTypeOnly) return null;
  return refuseClient(library, '') ?? null;
}

function refuseTarget(service: string, file: string, target: string): string | null {
  const [, part = '', folder = ''] = target.split('/');
  if (!target.startsWith('services/')) return 'a service imports nothing outside services';
  if (part === 'core') return null;
  if (part === service) {
    const isRoot = rootPart.test(file) || file === 'main.ts';
    return rootPart.test(folder) && !isRoot ? 'only main.ts and app.ts use what holds effects' : null;
  }
  if (services.includes(part)) return 'services meet in topics and schemas only';
  if (rootPart.test(file)) return null;
  if (file === 'config.ts' || file === 'main.ts')
    return folder === 'runtime' ? null : 'only platform/runtime is open to it';
  return 'only app.ts and its parts put effects in: take them as ports';
}

function refuseOutsideServices(top: string, path: string, { target, library }: ImportLine): string | null {
  const mayNotUseServices = ['cli', 'simulator', 'models'].includes(top);
  if (mayNotUseServices && services.some((name) => target?.startsWith(`services/${name}/`))) {
    return 'it may use core and platform, never a service';
  }
  if (mayNotUseServices && library === 'zod') return 'zod belongs to platform and core';
  if (library?.startsWith('@tensorflow/') === true && path.startsWith('models/training/')) return null;
  return mayNotUseServices && library !== null ? refuseClient(library, '') : null;
}

function refuseClient(library: string, folder: string): string | null {
  const home = clientHomes[library];
  return home === undefined || home === folder ? null : `${library} belongs to platform/${home}`;
}

import { readFileSync, readdirSync } from 'node:fs';
import { EngineError } from '../../core/errors.ts';

/** A record schema as JSON, complete in itself. */
export interface RecordSchema {
  readonly type: 'record';
  readonly name: string;
  readonly namespace: string;
  readonly fields: readonly unknown[];
}

const schemasDirectory = new URL('../../../schemas/', import.meta.url);
const fileName = /^[a-z0-9-]+\.v\d+\.avsc$/;
const primitives: ReadonlySet<string> = new Set([
  'null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string', 'array', 'map', 'record', 'enum', 'fixed',
]); // prettier-ignore

/**
 * Reads `schemas/<name>.v<version>.avsc` and puts the definition of each record of another file in the place where it
 * is first named, so that the result can be registered without references.
 */
export function loadSchema(name: string, version = 1): RecordSchema {
  const schema = readSchemaFile(`${name}.v${version}.avsc`);
  return inlineReferences(schema, schema.namespace, new Set()) as RecordSchema;
}

function readSchemaFile(file: string): RecordSchema {
  try {
    return JSON.parse(readFileSync(new URL(file, schemasDirectory), 'utf8')) as RecordSchema;
  } catch (cause) {
    throw new EngineError('ERR_INTERNAL', `The schema file schemas/${file} is missing or not valid JSON.`, {
      retryable: false,
      context: { file },
      cause,
    });
  }
}

function inlineReferences(schema: unknown, namespace: string, defined: Set<string>): unknown {
  if (typeof schema === 'string') return inlineName(schema, namespace, defined);
  if (Array.isArray(schema)) return schema.map((branch) => inlineReferences(branch, namespace, defined));
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = 'namespace' in schema && typeof schema.namespace === 'string' ? schema.namespace : namespace;
  if ('name' in schema && typeof schema.name === 'string') defined.add(qualify(schema.name, inner));
  const result: Record<string, unknown> = { ...schema };
  for (const part of ['items', 'values'] as const) {
    if (part in schema) result[part] = inlineReferences(result[part], inner, defined);
  }
  if (Array.isArray(result['fields'])) {
    result['fields'] = result['fields'].map((field: { type: unknown }) => ({
      ...field,
      type: inlineReferences(field.type, inner, defined),
    }));
  }
  return result;
}

function inlineName(name: string, namespace: string, defined: Set<string>): unknown {
  const qualified = qualify(name, namespace);
  if (primitives.has(name) || defined.has(qualified)) return name;
  return inlineReferences(findDefinition(qualified), namespace, defined);
}

function findDefinition(qualified: string): RecordSchema {
  for (const file of readdirSync(schemasDirectory).filter((entry) => fileName.test(entry))) {
    const schema = readSchemaFile(file);
    if (qualify(schema.name, schema.namespace) === qualified) return schema;
  }
  throw new EngineError('ERR_INTERNAL', `No file in schemas/ defines ${qualified}, which another schema names.`, {
    retryable: false,
    context: { name: qualified },
  });
}

function qualify(name: string, namespace: string): string {
  return name.includes('.') ? name : `${namespace}.${name}`;
}

import type { Type } from 'avsc';
import { EngineError } from '../../core/errors.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { type BodyReader, createBodyReader } from './body-reader.ts';
import { type BodyWriter, createBodyWriter } from './body-writer.ts';
import { headerBytes, readSchemaId } from './wire-format.ts';

/** Finds the schema behind an id: null where there is none, ERR_REGISTRY_UNAVAILABLE where nobody can say now. */
export interface WriterSchemas {
  find(schemaId: number): Promise<Type | null>;
}

export interface RegistryCodecOptions {
  readonly type: Type;
  /** Id under which `type` is registered. */
  readonly schemaId: number;
  readonly writers: WriterSchemas;
}

/** Schemas change a few times a year; more ids than this come from corrupt bytes. */
const maxReaders = 256;

/** Encodes with one registered schema, and decodes from every schema that the registry knows. */
export class RegistryCodec<T> implements RecordCodec<T> {
  readonly #type: Type;
  readonly #schemaId: number;
  readonly #writers: WriterSchemas;
  readonly #writer: BodyWriter<T>;
  readonly #ownReader: BodyReader<T>;
  /** What became of an id: a reader, or the fault of every record that names it. Ids never change their schema. */
  readonly #readers = new Map<number, BodyReader<T> | EngineError>();

  constructor({ type, schemaId, writers }: RegistryCodecOptions) {
    this.#type = type;
    this.#schemaId = schemaId;
    this.#writers = writers;
    this.#writer = createBodyWriter<T>(type, schemaId);
    this.#ownReader = createBodyReader<T>(type, type);
  }

  encode(value: T): Buffer {
    return this.#writer.encode(value);
  }

  encodeBody(value: T): Buffer {
    return this.#writer.encodeBody(value);
  }

  decodeBody(body: Buffer): T {
    return this.#ownReader(body, 0);
  }

  frame(body: Buffer): Buffer {
    return this.#writer.frame(body);
  }

  async decode(values: readonly (Buffer | null)[]): Promise<readonly (T | EngineError)[]> {
    const foreign = this.#unseenIds(values);
    const unknown = foreign === null ? null : await this.#learn(foreign);
    return values.map((value) => this.#decodeOne(value, unknown));
  }

  #unseenIds(values: readonly (Buffer | null)[]): Set<number> | null {
    let unseen: Set<number> | null = null;
    for (const value of values) {
      const id = value === null ? null : readSchemaId(value);
      if (id === null || id === this.#schemaId || this.#readers.has(id)) continue;
      (unseen ??= new Set()).add(id);
    }
    return unseen;
  }

  /** Asks for all ids at once. @returns those that the registry does not know */
  async #learn(ids: Set<number>): Promise<Set<number>> {
    const unknown = new Set<number>();
    await Promise.all(
      [...ids].map(async (id) => {
        const writer = await this.#findWriter(id);
        if (writer === null) unknown.add(id);
        else this.#remember(id, writer instanceof EngineError ? writer : this.#readerFor(id, writer));
      }),
    );
    return unknown;
  }

  async #findWriter(id: number): Promise<Type | EngineError | null> {
    try {
      return await this.#writers.find(id);
    } catch (error) {
      if (error instanceof EngineError && !error.retryable) return error;
      throw error;
    }
  }

  #readerFor(id: number, writer: Type): BodyReader<T> | EngineError {
    try {
      return createBodyReader<T>(this.#type, writer);
    } catch (cause) {
      const message = `Schema id ${id} is ${writer.name}, which cannot be read as ${this.#type.name}.`;
      return new EngineError('ERR_RECORD_DECODE', message, { retryable: false, context: { schemaId: id }, cause });
    }
  }

  #remember(id: number, reader: BodyReader<T> | EngineError): void {
    const [oldest] = this.#readers.keys();
    if (this.#readers.size >= maxReaders && oldest !== undefined) this.#readers.delete(oldest);
    this.#readers.set(id, reader);
  }

  #decodeOne(value: Buffer | null, unknown: ReadonlySet<number> | null): T | EngineError {
    if (value === null || value.length === 0) return unframedError('it is empty');
    const id = readSchemaId(value);
    if (id === null) return unframedError('it does not begin with a zero byte and a schema id');
    const reader = id === this.#schemaId ? this.#ownReader : this.#readers.get(id);
    if (reader instanceof EngineError) return reader;
    if (reader === undefined) return unknown?.has(id) === true ? unknownError(id) : evictedError(id);
    try {
      return reader(value, headerBytes);
    } catch (error) {
      if (error instanceof EngineError) return error;
      throw error;
    }
  }
}

function unframedError(reason: string): EngineError {
  return new EngineError('ERR_RECORD_DECODE', `The value is not a registered Avro record: ${reason}.`, {
    retryable: false,
  });
}

function unknownError(schemaId: number): EngineError {
  return new EngineError(
    'ERR_SCHEMA_UNKNOWN',
    `The record names schema id ${schemaId}, which the registry does not know; register it or mend the producer.`,
    { retryable: false, context: { schemaId } },
  );
}

/** More unseen ids in one batch than readers are kept: only corrupt bytes name so many. */
function evictedError(schemaId: number): EngineError {
  return new EngineError('ERR_RECORD_DECODE', `Schema id ${schemaId} stands among too many others in one batch.`, {
    retryable: false,
    context: { schemaId },
  });
}

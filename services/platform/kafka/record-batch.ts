import type { Message } from 'kafkajs';
import { crc32c } from './crc32c.ts';
import { varintBytes, writeVarint } from './varint.ts';

/** Who produces, for the broker to recognise repetitions by. */
export interface BatchProducer {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  /** Sequence number of the first record. */
  readonly firstSequence: number;
}

/** A message with the number of bytes it takes, measured once. */
interface Measured {
  readonly timestamps: readonly number[];
  readonly firstTimestamp: number;
  readonly bodies: readonly number[];
  readonly bytes: number;
}

/** Bytes of a batch before its first record. */
const headBytes = 61;
const attributesAt = 21;
const magic = 2;

/**
 * The records of one partition in Kafka's record format (version 2, not compressed), as bytes that are measured first
 * and then written once. The client's own encoder makes a zeroed buffer of 512 bytes for each record, and one more for
 * each number in it.
 */
export class RecordBatch {
  readonly #messages: readonly Message[];
  readonly #measured: Measured;

  /** @param now timestamp of messages that have none */
  constructor(messages: readonly Message[], now: number) {
    this.#messages = messages;
    this.#measured = measure(messages, now);
  }

  get bytes(): number {
    return this.#measured.bytes;
  }

  /** Writes the batch to `target`. @returns the offset after it */
  write(target: Buffer, start: number, { producerId, producerEpoch, firstSequence }: BatchProducer): number {
    const { timestamps, firstTimestamp, bodies, bytes } = this.#measured;
    target.writeBigInt64BE(0n, start); // first offset: the broker gives it
    target.writeInt32BE(bytes - 12, start + 8);
    target.writeInt32BE(0, start + 12); // leader epoch
    target[start + 16] = magic;
    target.writeInt16BE(0, start + attributesAt);
    target.writeInt32BE(this.#messages.length - 1, start + 23);
    target.writeBigInt64BE(BigInt(firstTimestamp), start + 27);
    target.writeBigInt64BE(BigInt(maximum(timestamps)), start + 35);
    target.writeBigInt64BE(producerId, start + 43);
    target.writeInt16BE(producerEpoch, start + 51);
    target.writeInt32BE(firstSequence, start + 53);
    target.writeInt32BE(this.#messages.length, start + 57);
    let at = start + headBytes;
    for (let i = 0; i < this.#messages.length; i++) {
      at = writeVarint(target, at, bodies[i]);
      target[at++] = 0; // attributes
      at = writeVarint(target, at, timestamps[i] - firstTimestamp);
      at = writeVarint(target, at, i);
      at = writeRest(target, at, this.#messages[i]);
    }
    target.writeUInt32BE(crc32c(target, start + attributesAt, at), start + 17);
    return at;
  }
}

function measure(messages: readonly Message[], now: number): Measured {
  const timestamps = messages.map(({ timestamp }) => (timestamp === undefined ? now : Number(timestamp)));
  const firstTimestamp = -maximum(timestamps.map((timestamp) => -timestamp));
  const bodies: number[] = new Array<number>(messages.length);
  let bytes = headBytes;
  for (let i = 0; i < messages.length; i++) {
    const body = 1 + varintBytes(timestamps[i] - firstTimestamp) + varintBytes(i) + restBytes(messages[i]);
    bodies[i] = body;
    bytes += varintBytes(body) + body;
  }
  return { timestamps, firstTimestamp, bodies, bytes };
}

/** Bytes of key, value and headers. */
function restBytes({ key, value, headers }: Message): number {
  return fieldBytes(key) + fieldBytes(value) + (headers === undefined ? 1 : headersBytes(headers));
}

function writeRest(target: Buffer, start: number, { key, value, headers }: Message): number {
  const at = writeField(target, writeField(target, start, key), value);
  return headers === undefined ? writeVarint(target, at, 0) : writeHeaders(target, at, headers);
}

type Field = Buffer | string | null | undefined;

function fieldBytes(field: Field): number {
  const length = lengthOf(field);
  return varintBytes(length) + Math.max(0, length);
}

function writeField(target: Buffer, start: number, field: Field): number {
  const length = lengthOf(field);
  const at = writeVarint(target, start, length);
  if (field === null || field === undefined) return at;
  if (typeof field === 'string') target.write(field, at, length);
  else target.set(field, at);
  return at + length;
}

/** -1 stands for null. */
function lengthOf(field: Field): number {
  if (field === null || field === undefined) return -1;
  return typeof field === 'string' ? Buffer.byteLength(field) : field.length;
}

function headersBytes(headers: NonNullable<Message['headers']>): number {
  const entries = flatHeaders(headers);
  return entries.reduce(
    (sum, [name, value]) => sum + fieldBytes(name) + fieldBytes(value),
    varintBytes(entries.length),
  );
}

function writeHeaders(target: Buffer, start: number, headers: NonNullable<Message['headers']>): number {
  const entries = flatHeaders(headers);
  return entries.reduce(
    (at, [name, value]) => writeField(target, writeField(target, at, name), value),
    writeVarint(target, start, entries.length),
  );
}

function flatHeaders(headers: NonNullable<Message['headers']>): [string, Field][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((each): [string, Field] => [name, each]) : [[name, value] as [string, Field]],
  );
}

function maximum(values: readonly number[]): number {
  let highest = values[0];
  for (const value of values) if (value > highest) highest = value;
  return highest;
}

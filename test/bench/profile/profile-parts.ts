import type { Frame } from './cpu-profile.ts';

/** A part of the scorer's work and its share of the time the process was busy, 0 to 1. */
export interface ProfilePart {
  readonly part: string;
  readonly share: number;
}

const clientEncoding =
  /^kafkajs\/src\/(?:producer|protocol\/(?:encoder|request\.js|requests\/produce|recordBatch\/(?:v0\/index|record\/v0\/index|crc32C)))/;
const ownEncoding = /platform\/kafka\/(?:record-batch|crc32c|grouped|produce|send-queue|kafka-sink|split|varint|sink)/;

/** The first rule that fits a frame, or one of its callers from the inside out, names its part. */
const rules: readonly (readonly [part: string, fits: (frame: Frame) => boolean])[] = [
  ['garbage collection', ({ name }) => name === '(garbage collector)'],
  ['writing to sockets', ({ name }) => name === 'writeBuffer' || name === 'writev'],
  ['model', ({ file }) => file.startsWith('@tensorflow/') || file.includes('/tensorflow/') || file.startsWith('wasm:')],
  ['hashes', ({ name, file }) => file.includes('internal/crypto') || name === 'scoreId' || name === 'recentHash'],
  ['score to Avro', ({ file, name }) => file.endsWith('avro/body-writer.ts') || name === 'writeScore'],
  ['event from Avro', ({ file }) => file.endsWith('avro/body-reader.ts') || file.endsWith('steps/decode-records.ts')],
  ['state to bytes', ({ file }) => /features\/(?:en|de)code-state\.ts$|features\/byte-/.test(file)],
  ['Redis client', ({ file }) => file.startsWith('ioredis/') || file.includes('platform/redis/')],
  ['records to Kafka', ({ file }) => clientEncoding.test(file) || ownEncoding.test(file)],
  ['records from Kafka', ({ file }) => /kafkajs\/src\/(?:consumer|protocol)|log-chunk|batch-delivery/.test(file)],
  ['Kafka client, rest', ({ file }) => file.startsWith('kafkajs/') || file.includes('platform/kafka/')],
  ['folding and features', ({ file }) => file.includes('core/features/') || file.endsWith('steps/fold-records.ts')],
  ['scoring', ({ file }) => file.includes('core/scoring/') || /compose-score|predict-scores|customer-ref/.test(file)],
  ['stages and cache', ({ file }) => file.includes('services/scorer/') || file.endsWith('pipeline-runner.ts')],
  ['metrics', ({ file }) => file.startsWith('prom-client/')],
]; // prettier-ignore

const rest = 'runtime, rest';

/** Splits the busy time among the parts, largest first; the shares add up to 1. */
export function profileParts(root: Frame): readonly ProfilePart[] {
  const times = new Map<string, number>();
  function visit(frame: Frame, inherited: string): void {
    const part = rules.find(([, fits]) => fits(frame))?.[0] ?? inherited;
    times.set(part, (times.get(part) ?? 0) + frame.self);
    for (const child of frame.children) visit(child, part);
  }
  visit(root, rest);
  return [...times].map(([part, time]) => ({ part, share: time / root.total })).sort((a, b) => b.share - a.share);
}

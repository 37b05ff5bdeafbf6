import type { Mark } from '../../../../services/core/features/customer-state.ts';

/** Features that the net reads. */
export const featureCount = 32;

const paddingBytes = 752;
const firstFeature = 4 + 8 + 8;
const workBytes = firstFeature + 4 * featureCount + paddingBytes;
const markBytes = 4 + 4 + 8;
const dayMs = 86_400_000;
const days = 7;

/**
 * What the peer keeps of a customer (900 bytes: count, sum, time of the last event, 32 rolling features, padding), and
 * what once-only effects need besides: version and mark.
 */
export interface WorkState {
  version: number;
  mark: Mark | null;
  count: number;
  sum: number;
  lastOccurredAt: number;
  readonly features: Float32Array;
  readonly padding: Uint8Array;
}

export function emptyWorkState(): WorkState {
  return {
    version: 0,
    mark: null,
    count: 0,
    sum: 0,
    lastOccurredAt: 0,
    features: new Float32Array(featureCount),
    padding: new Uint8Array(paddingBytes),
  };
}

/** Folds one event, in place, by the peer's arithmetic. @param amount in units of the currency */
export function foldWork(state: WorkState, amount: number, occurredAt: number): void {
  const { features } = state;
  const phase = (occurredAt / dayMs) % days;
  const gain = 0.05 * Math.log1p(amount);
  state.version += 1;
  state.count += 1;
  state.sum += amount;
  state.lastOccurredAt = occurredAt;
  for (let i = 0; i < featureCount; i++) features[i] = features[i] * 0.95 + gain * Math.cos(i + phase);
}

/** 900 bytes and the mark; the version stands beside them in the store. Features in the machine's own byte order. */
export function encodeWorkState(state: WorkState): Buffer {
  const bytes = Buffer.allocUnsafe(workBytes + markBytes);
  let at = bytes.writeInt32LE(state.count, 0);
  at = bytes.writeDoubleLE(state.sum, at);
  at = bytes.writeBigInt64LE(BigInt(state.lastOccurredAt), at);
  bytes.set(bytesOf(state.features), at);
  bytes.set(state.padding, at + state.features.byteLength);
  at = bytes.writeInt32LE(state.mark?.epoch ?? -1, workBytes);
  at = bytes.writeInt32LE(state.mark?.partition ?? -1, at);
  bytes.writeDoubleLE(state.mark?.offset ?? -1, at);
  return bytes;
}

export function decodeWorkState(bytes: Buffer, version: number): WorkState {
  const state = emptyWorkState();
  state.version = version;
  state.count = bytes.readInt32LE(0);
  state.sum = bytes.readDoubleLE(4);
  state.lastOccurredAt = Number(bytes.readBigInt64LE(12));
  bytesOf(state.features).set(bytes.subarray(firstFeature, workBytes - paddingBytes));
  state.padding.set(bytes.subarray(workBytes - paddingBytes, workBytes));
  const epoch = bytes.readInt32LE(workBytes);
  if (epoch >= 0) {
    state.mark = {
      epoch,
      partition: bytes.readInt32LE(workBytes + 4),
      offset: bytes.readDoubleLE(workBytes + 8),
    };
  }
  return state;
}

function bytesOf(features: Float32Array): Uint8Array {
  return new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
}

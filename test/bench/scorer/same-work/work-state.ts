import type { Mark } from '../../../../services/core/features/customer-state.ts';

/** Features that the net reads. */
export const featureCount = 32;

const paddingBytes = 752;
const workBytes = 4 + 8 + 8 + 4 * featureCount + paddingBytes;
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

/** Folds one event, in place. @param amount in units of the currency */
export function foldWork(state: WorkState, amount: number, occurredAt: number): void {
  const { features } = state;
  const day = Math.floor(occurredAt / dayMs) % days;
  const size = Math.log1p(amount);
  state.version += 1;
  state.count += 1;
  state.sum += amount;
  state.lastOccurredAt = occurredAt;
  for (let i = 0; i < featureCount; i++) features[i] = features[i] * 0.95 + 0.05 * size * Math.cos(i + day);
}

/** 900 bytes and the mark; the version stands beside them in the store. */
export function encodeWorkState(state: WorkState): Buffer {
  const bytes = Buffer.allocUnsafe(workBytes + markBytes);
  let at = bytes.writeInt32BE(state.count, 0);
  at = bytes.writeDoubleBE(state.sum, at);
  at = bytes.writeBigInt64BE(BigInt(state.lastOccurredAt), at);
  for (let i = 0; i < featureCount; i++) at = bytes.writeFloatBE(state.features[i], at);
  bytes.set(state.padding, at);
  at = bytes.writeInt32BE(state.mark?.epoch ?? -1, workBytes);
  at = bytes.writeInt32BE(state.mark?.partition ?? -1, at);
  bytes.writeDoubleBE(state.mark?.offset ?? -1, at);
  return bytes;
}

export function decodeWorkState(bytes: Buffer, version: number): WorkState {
  const state = emptyWorkState();
  state.version = version;
  state.count = bytes.readInt32BE(0);
  state.sum = bytes.readDoubleBE(4);
  state.lastOccurredAt = Number(bytes.readBigInt64BE(12));
  for (let i = 0; i < featureCount; i++) state.features[i] = bytes.readFloatBE(20 + 4 * i);
  state.padding.set(bytes.subarray(workBytes - paddingBytes, workBytes));
  const epoch = bytes.readInt32BE(workBytes);
  if (epoch >= 0) {
    state.mark = {
      epoch,
      partition: bytes.readInt32BE(workBytes + 4),
      offset: bytes.readDoubleBE(workBytes + 8),
    };
  }
  return state;
}

import type { IHeaders, Message } from 'kafkajs';
import type { OutgoingRecord } from '../../core/ports/log.ts';

/** Upper bound of what the record format adds to key, value and headers. */
const recordOverheadBytes = 40;

/** One outgoing record as kafkajs wants it, with its size on the wire. */
export class SinkMessage implements Message {
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders | undefined;
  readonly timestamp: string | undefined;
  /** Kept once chosen: the client asks again when it repeats a request. */
  partition: number | undefined;
  readonly bytes: number;

  constructor(record: OutgoingRecord) {
    const { key, value, headers, timestamp } = record;
    this.key = key;
    this.value = value;
    this.headers = headers === undefined ? undefined : { ...headers };
    this.timestamp = timestamp === undefined ? undefined : String(timestamp);
    this.partition = record.partition;
    const keyBytes = key === null ? 0 : Buffer.byteLength(key);
    this.bytes = keyBytes + (value?.length ?? 0) + headerBytes(record) + recordOverheadBytes;
  }
}

function headerBytes({ headers }: OutgoingRecord): number {
  if (headers === undefined) return 0;
  let bytes = 0;
  for (const name in headers) bytes += Buffer.byteLength(name) + Buffer.byteLength(headers[name]) + 4;
  return bytes;
}

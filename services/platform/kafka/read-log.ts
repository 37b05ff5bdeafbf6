import type { RawRecord } from '../../core/ports/log.ts';
import { scanLog } from './scan-log.ts';
import type { ScanLogOptions } from './scan-log.ts';

export type ReadLogOptions = ScanLogOptions;

export interface PartitionRecord extends RawRecord {
  readonly partition: number;
}

/** All records of a topic up to its present end, in order per partition. For logs that fit into memory. */
export async function readLog(options: ReadLogOptions): Promise<PartitionRecord[]> {
  const all: PartitionRecord[] = [];
  await scanLog(options, (records, partition) => {
    for (const record of records) all.push({ ...record, partition });
  });
  return all;
}

import { rm } from 'node:fs/promises';
import { endProcess } from './end-process.ts';
import { readRecord, removeRecord } from './stack-record.ts';

const temporaryGraceMs = 2_000;

/** Ends everything a record names, last started first, and removes the record and what was temporary. */
export async function endStack(recordPath: string): Promise<void> {
  const record = await readRecord(recordPath);
  if (record === null) return;
  for (const recorded of record.processes.toReversed()) {
    await endProcess(recorded, record.temporary ? temporaryGraceMs : recorded.graceMs);
  }
  if (record.temporary) await rm(record.home, { recursive: true, force: true, maxRetries: 5 });
  await removeRecord(recordPath);
}

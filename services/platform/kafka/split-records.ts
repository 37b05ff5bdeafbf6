export interface SplitLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/**
 * Limits of one send. The broker refuses a batch above its message.max.bytes (1 MB by default), and the client then
 * gives up for good; half of that leaves room for headers and framing.
 */
export const sendLimits: SplitLimits = { maxRecords: 500, maxBytes: 512 * 1024 };

/**
 * Cuts records into consecutive parts within the limits. The order is kept, none is lost or repeated; a record above
 * the byte limit stands alone. No records give no part.
 * @param sizeOf bytes of one record on the wire
 */
export function splitRecords<T>(
  records: readonly T[],
  sizeOf: (record: T) => number,
  limits: SplitLimits = sendLimits,
): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    if (part.length > 0 && (part.length >= limits.maxRecords || bytes + size > limits.maxBytes)) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

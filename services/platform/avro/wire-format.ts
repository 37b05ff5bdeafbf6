/** The five bytes before a body: a zero, then the schema id (Confluent's wire format). */
export const headerBytes = 5;

const magicByte = 0;

/** The schema id that a value names; null where the bytes have no such header. */
export function readSchemaId(value: Buffer): number | null {
  if (value.length < headerBytes || value[0] !== magicByte) return null;
  return value.readUInt32BE(1);
}

export function writeHeader(target: Buffer, at: number, schemaId: number): void {
  target[at] = magicByte;
  target.writeUInt32BE(schemaId, at + 1);
}

import { usageError } from '../usage-error.ts';

/** Fields of an event with a place of their own; every other field becomes a property, `traits.x` a trait. */
const knownFields = ['customer_id', 'anonymous_id', 'timestamp', 'amount', 'currency', 'event_id', 'channel'] as const;

export type KnownField = (typeof knownFields)[number];

/** Which column holds what. Columns that are not named are not sent. */
export interface FieldMap {
  readonly fields: Readonly<Partial<Record<KnownField, string>>>;
  readonly properties: ReadonlyMap<string, string>;
  readonly traits: ReadonlyMap<string, string>;
}

/**
 * Reads `field=Column,field=Column`.
 * @throws ERR_USAGE for a part that is no such pair, a field named twice, or when a customer or the time has no column
 */
export function parseFieldMap(text: string): FieldMap {
  const fields: Partial<Record<KnownField, string>> = {};
  const properties = new Map<string, string>();
  const traits = new Map<string, string>();
  const seen = new Set<string>();
  for (const part of text.split(',').filter((entry) => entry.trim() !== '')) {
    const [field, column] = parsePart(part);
    if (seen.has(field)) throw usageError(`--map names the field "${field}" twice; name each field once.`);
    seen.add(field);
    if (isKnown(field)) fields[field] = column;
    else if (field.startsWith('traits.')) traits.set(field.slice('traits.'.length), column);
    else properties.set(field, column);
  }
  if (fields.customer_id === undefined && fields.anonymous_id === undefined) throw missing('customer_id');
  if (fields.timestamp === undefined) throw missing('timestamp');
  return { fields, properties, traits };
}

/** Every column that the map names. */
export function mappedColumns({ fields, properties, traits }: FieldMap): string[] {
  return [...new Set([...Object.values(fields), ...properties.values(), ...traits.values()])];
}

function parsePart(part: string): [field: string, column: string] {
  const at = part.indexOf('=');
  const field = part.slice(0, Math.max(at, 0)).trim();
  const column = part.slice(at + 1).trim();
  if (field !== '' && column !== '') return [field, column];
  throw usageError(`--map has the part "${part.trim()}"; write field=Column, parted by commas.`);
}

function isKnown(field: string): field is KnownField {
  return (knownFields as readonly string[]).includes(field);
}

function missing(field: KnownField): Error {
  return usageError(`--map names no column for ${field}; add ${field}=Column.`);
}

import type { Attribute } from '../../core/events/customer-record.ts';
import type { Outcome } from '../../core/outcome.ts';
import { ingestLimits } from '../ingest-limits.ts';
import type { JsonObject } from '../json-object.ts';
import type { PersonalCheck } from './personal-check.ts';
import { isPersonalName } from './personal-data.ts';
import { reject } from './reject.ts';

export interface SortedProperties {
  /** May stand in clear. Sorted by name; nested ones have dotted names. */
  readonly attributes: readonly Attribute[];
  /** Must be sealed: name → any JSON value. */
  readonly personal: ReadonlyMap<string, unknown>;
  /** How many properties were nested too deep or were too many to be kept. */
  readonly dropped: number;
}

interface Leaf {
  readonly attribute: Attribute;
  readonly depth: number;
}

/** Name of the sealed field for properties whose very names are personal. */
const unnameable = 'other';

/**
 * Parts an event's properties into plain attributes and personal fields. A property is personal by its name, by the
 * name of an object it stands in, or by its value (e-mail, telephone, one of the customer's own ids).
 * @param taken properties that have a place of their own in the record
 */
export function sortProperties(
  properties: JsonObject,
  taken: ReadonlySet<string>,
  isPersonal: PersonalCheck,
): Outcome<SortedProperties> {
  const leaves: Leaf[] = [];
  let personal: Map<string, unknown> | null = null;
  const unnamed: [string, unknown][] = [];
  let dropped = 0;
  let isImpossible = false;

  function visit(name: string, value: unknown, path: string, depth: number): void {
    if (isPersonal(name)) unnamed.push([path, value]);
    else if (isPersonalName(name) || isPersonalValue(value, isPersonal)) (personal ??= new Map()).set(path, value);
    else if (typeof value === 'object' && value !== null) {
      if (depth === ingestLimits.attributeDepth) dropped += 1;
      else for (const [key, child] of Object.entries(value)) visit(key, child, `${path}.${key}`, depth + 1);
    } else {
      if (typeof value === 'number' && !Number.isFinite(value)) isImpossible = true;
      leaves.push({ attribute: { name: clip(path), value: clip(value as Attribute['value']) }, depth });
    }
  }

  for (const [name, value] of Object.entries(properties)) if (!taken.has(name)) visit(name, value, name, 1);
  if (isImpossible) {
    return reject('ERR_EVENT_INVALID', 'a property is a number too large to be one; send finite numbers only');
  }
  if (unnamed.length > 0) (personal ??= new Map()).set(unnameable, Object.fromEntries(unnamed));
  const attributes = keepShallowest(leaves);
  dropped += leaves.length - attributes.length;
  return { outcome: 'ok', value: { attributes, personal: personal ?? nothing, dropped } };
}

const nothing: ReadonlyMap<string, unknown> = new Map();

function isPersonalValue(value: unknown, isPersonal: PersonalCheck): boolean {
  return (typeof value === 'string' || typeof value === 'number') && isPersonal(String(value));
}

/** Texts on a topic are bounded and have UTF-8 bytes. */
function clip<T extends Attribute['value']>(value: T): T {
  if (typeof value !== 'string') return value;
  return value.slice(0, ingestLimits.attributeCharacters).toWellFormed() as T;
}

/** The first ones by depth, then by name: a long list inside an event does not push out the event's own facts. */
function keepShallowest(leaves: readonly Leaf[]): Attribute[] {
  const ranked =
    leaves.length <= ingestLimits.attributes
      ? leaves
      : [...leaves].sort((a, b) => a.depth - b.depth || byName(a.attribute, b.attribute));
  const kept = ranked.slice(0, ingestLimits.attributes).map((leaf) => leaf.attribute);
  return kept.length > fewAttributes ? kept.sort(byName) : insertInOrder(kept);
}

/** Up to here putting each into its place costs less than calling the runtime's sort. */
const fewAttributes = 12;

/** Sorts in place; equal names stay in their order. */
function insertInOrder(attributes: Attribute[]): Attribute[] {
  for (let i = 1; i < attributes.length; i++) {
    const each = attributes[i];
    let at = i;
    while (at > 0 && byName(each, attributes[at - 1]) < 0) {
      attributes[at] = attributes[at - 1];
      at -= 1;
    }
    attributes[at] = each;
  }
  return attributes;
}

function byName(a: Attribute, b: Attribute): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

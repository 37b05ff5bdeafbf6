import { eventTypes } from '../events/event-types.ts';
import type { EventType } from '../events/event-types.ts';
import { defaultQualityTargets } from '../quality/quality-targets.ts';
import { compileLists } from './compile-lists.ts';
import { findProperties } from './find-properties.ts';
import { moveProperties } from './move-properties.ts';
import type { PropertyMove } from './move-properties.ts';
import { nameCandidates } from './name-candidates.ts';
import { normaliseName } from './normalise-name.ts';
import type { PlanDocument, PlanScope, PropertyNames } from './plan-document.ts';
import { buildPropertyIndex } from './property-index.ts';
import type { PropertyIndex } from './property-index.ts';
import type { EventMeaning, PlannedProperties, SourcePlan, TrackingPlan } from './tracking-plan.ts';

const money: ReadonlySet<string> = new Set(['amount', 'currency']);
const rememberedNames = 10_000;

/**
 * @param version what records carry
 * @param documents the business's own plan first; what it does not say, the next ones say
 */
export function compilePlan(version: string, documents: readonly PlanDocument[]): TrackingPlan {
  const needsPurpose = documents[0]?.purposes === 'required';
  const base = compileSource(documents, needsPurpose);
  const bySource = new Map<string, SourcePlan>();
  const overridden = new Set(documents.flatMap(({ sources }) => Object.keys(sources)));

  function compileFor(keys: readonly string[]): SourcePlan {
    const known = keys.filter((key) => overridden.has(key));
    if (known.length === 0) return base;
    const own = known.flatMap((key) => documents.flatMap(({ sources }) => sources[key] ?? []));
    return compileSource([...own, ...documents], needsPurpose);
  }

  return {
    version,
    quality: documents.find(({ quality }) => quality !== undefined)?.quality ?? defaultQualityTargets,
    forSource(tenant, source) {
      const key = `${tenant}/${source}`;
      let plan = bySource.get(key);
      if (plan === undefined) bySource.set(key, (plan = compileFor([key, `${tenant}/*`])));
      return plan;
    },
  };
}

function compileSource(scopes: readonly PlanScope[], needsPurpose: boolean): SourcePlan {
  const types = compileNames(scopes);
  const indexes = new Map<EventType, PropertyIndex>(eventTypes.map((type) => [type, compileProperties(type, scopes)]));
  const meanings = new Map<string, EventMeaning>();

  function look(name: string): EventMeaning {
    for (const candidate of nameCandidates(name)) {
      const type = types.get(normaliseName(candidate));
      if (type !== undefined) return { type, name: type === 'custom' ? name : null, isMapped: true };
    }
    return { type: 'custom', name, isMapped: false };
  }

  return {
    meaningOf(name) {
      let meaning = meanings.get(name);
      if (meaning === undefined) {
        meaning = look(name);
        if (meanings.size === rememberedNames) meanings.clear();
        if (name.length <= 128) meanings.set(name, meaning);
      }
      return meaning;
    },
    arrange: (type, properties) => arrange(properties, indexes.get(type)!),
    ...compileLists(scopes, needsPurpose),
  };
}

function compileNames(scopes: readonly PlanScope[]): ReadonlyMap<string, EventType> {
  const types = new Map<string, EventType>();
  const learn = (name: string, type: EventType): void => {
    const word = normaliseName(name);
    if (word !== '' && !types.has(word)) types.set(word, type);
  };
  for (const { events } of scopes) {
    for (const type of eventTypes) for (const name of events[type]?.names ?? []) learn(name, type);
  }
  for (const type of eventTypes) learn(type, type);
  return types;
}

/** Spellings of this type before those of any event, and both in the order of the scopes. */
function compileProperties(type: EventType, scopes: readonly PlanScope[]): PropertyIndex {
  const own = scopes.flatMap(({ events }) => events[type] ?? []);
  const lists: (readonly [string, PropertyNames])[] = [
    ['amount', [...own.flatMap(({ amount }) => amount), ...scopes.flatMap(({ amount }) => amount)]],
    ['currency', scopes.flatMap(({ currency }) => currency)],
    ...own.flatMap(({ properties }) => Object.entries(properties)),
    ...scopes.flatMap(({ properties }) => Object.entries(properties)),
  ];
  const merged = new Map<string, PropertyNames>();
  for (const [name, spellings] of lists) merged.set(name, [...(merged.get(name) ?? []), ...spellings]);
  return buildPropertyIndex(merged, money);
}

function arrange(properties: Readonly<Record<string, unknown>>, index: PropertyIndex): PlannedProperties {
  const found = findProperties(properties, index, money);
  const amount = found.find(({ name }) => name === 'amount') ?? null;
  const currency = found.find(({ name }) => name === 'currency') ?? null;
  const hasAmount = amount !== null && amount.value != null;
  const moves: PropertyMove[] = [];
  for (const property of found) {
    const { name } = property;
    if (!money.has(name)) moves.push({ property, name });
    else if (hasAmount) moves.push({ property, name: null });
    else if (name === 'currency') moves.push({ property, name });
  }
  return { properties: moveProperties(properties, moves), amount, currency };
}

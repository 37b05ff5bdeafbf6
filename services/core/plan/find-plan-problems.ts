import type { EventType } from '../events/event-types.ts';
import { normaliseName } from './normalise-name.ts';
import type { PlanDocument, PlanScope, PropertyNames } from './plan-document.ts';

/** What a schema cannot see: one sentence for each name of a plan that stands for two things. */
export function findPlanProblems(plan: PlanDocument): readonly string[] {
  return [
    ...problemsOfScope(plan, ''),
    ...Object.entries(plan.sources).flatMap(([source, scope]) => problemsOfScope(scope, `sources.${source}.`)),
  ];
}

function problemsOfScope(scope: PlanScope, at: string): readonly string[] {
  const types = Object.keys(scope.events) as EventType[];
  const names = types.map((type): [string, PropertyNames] => [`${at}events.${type}`, scope.events[type]?.names ?? []]);
  return [
    ...findTwice(names, 'names'),
    ...types.flatMap((type) =>
      findTwice(listsOf(scope.events[type]?.properties, `${at}events.${type}.`), 'properties'),
    ),
    ...findTwice(listsOf(scope.properties, at), 'properties'),
  ];
}

function listsOf(properties: Readonly<Record<string, PropertyNames>> = {}, at: string): [string, PropertyNames][] {
  return Object.entries(properties).map(([name, spellings]) => [`${at}properties.${name}`, spellings]);
}

function findTwice(lists: readonly (readonly [string, PropertyNames])[], what: string): readonly string[] {
  const owners = new Map<string, string>();
  const problems: string[] = [];
  for (const [place, spellings] of lists) {
    for (const spelling of spellings) {
      const word = spelling
        .split('.')
        .map(normaliseName)
        .join(what === 'names' ? '' : '.');
      const owner = owners.get(word);
      if (word === '' || word.startsWith('.')) problems.push(`${place}: "${spelling}" has no letter or digit`);
      else if (owner === undefined) owners.set(word, place);
      else if (owner !== place)
        problems.push(`${place}: "${spelling}" stands at ${owner} too; leave it at one of them`);
    }
  }
  return problems;
}

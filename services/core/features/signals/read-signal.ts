import type { CustomerRecord } from '../../events/customer-record.ts';
import type { Signal } from './signal.ts';
import { counterId, type SignalCounter } from './signal-counters.ts';
import { SignalDraft } from './signal-draft.ts';
import type { SignalRecipe } from './signal-recipe.ts';
import { signalRecipes } from './signal-recipes.ts';
import { addCount } from './sparse-counts.ts';

const recipes: ReadonlyMap<string, Pick<SignalRecipe, 'read'> & { readonly ids: readonly number[] }> = new Map(
  Object.entries(signalRecipes).map(([type, { counts, read }]) => {
    const all: readonly SignalCounter[] = ['events', ...counts];
    return [type, { ids: all.map((counter) => counterId[counter]), ...(read === undefined ? {} : { read }) }];
  }),
);

/** Whether events of a type are read as signals. */
export function isSignal(type: string): boolean {
  return recipes.has(type);
}

/** Reads an event as a signal; null for one that is none. Only plain properties are looked at, never sealed ones. */
export function readSignal(record: CustomerRecord): Signal | null {
  const recipe = recipes.get(record.type);
  if (recipe === undefined) return null;
  const draft = new SignalDraft();
  for (const id of recipe.ids) addCount(draft.counts, id, 1);
  recipe.read?.(record, draft);
  return draft;
}

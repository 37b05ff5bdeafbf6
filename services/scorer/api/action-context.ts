import type { OfferContext } from '../../core/actions/offer-rules.ts';
import { EngineError } from '../../core/errors.ts';

/** What a caller says of a customer and of the offers, as parameters of the address. */
export interface ActionParameters {
  readonly offers: OfferContext;
  /** Cells of context columns that are no features, by name. */
  readonly cells: ReadonlyMap<string, string>;
}

const known: ReadonlySet<string> = new Set(['consent', 'region', 'language', 'budget', 'outOfStock']);
const cellPrefix = 'context.';

/**
 * Reads `?consent=email,sms&region=EU&language=en&budget=5&outOfStock=Mug&context.zip_code=Urban`.
 * @throws ERR_USAGE for a parameter that is unknown, given twice or no number where one is needed
 */
export function readActionParameters(query: Readonly<Record<string, unknown>>): ActionParameters {
  const values = new Map<string, string>();
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value !== 'string') throw wrong(`${name.slice(0, 64)} is given more than once; give it once`);
    if (name.startsWith(cellPrefix)) cells.set(name.slice(cellPrefix.length), value);
    else if (known.has(name)) values.set(name, value);
    else throw wrong(`${name.slice(0, 64)} is not known; there are ${[...known].join(', ')} and ${cellPrefix}COLUMN`);
  }
  return {
    cells,
    offers: {
      consents: listOf(values.get('consent')),
      region: values.get('region') ?? null,
      language: values.get('language') ?? null,
      budget: budgetOf(values.get('budget')),
      outOfStock: listOf(values.get('outOfStock')) ?? [],
    },
  };
}

function listOf(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function budgetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const budget = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(budget) && budget >= 0) return budget;
  throw wrong('budget must be a number of 0 or more, in major units of the reporting currency');
}

function wrong(what: string): EngineError {
  return new EngineError('ERR_USAGE', `The parameter ${what}.`, { retryable: false });
}

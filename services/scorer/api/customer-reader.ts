import { EngineError } from '../../core/errors.ts';
import type { CustomerState } from '../../core/features/customer-state.ts';
import { decodeState } from '../../core/features/decode-state.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { Score } from '../../core/scoring/score.ts';
import type { EpochMs, Surrogate } from '../../core/units.ts';

/** What the API reads of a customer. */
export interface CustomerView {
  readonly surrogate: Surrogate;
  readonly state: CustomerState;
  readonly score: Score | null;
  /** Receipt of the event the score was made from; the API says how long ago that was. */
  readonly scoredFrom: EpochMs | null;
}

export interface CustomerReader {
  /** Turns an id as APIs take it (`user:42`, `42`, `~` + 32 hex digits) into the surrogate; ERR_NOT_FOUND for no id. */
  resolve(tenant: string, id: string): Surrogate;
  /** The same, null for what is no id. */
  resolveIfValid(tenant: string, id: string): Surrogate | null;
  /** One entry per surrogate, in order; null where the customer is unknown. */
  read(tenant: string, surrogates: readonly Surrogate[]): Promise<readonly (CustomerView | null)[]>;
}

export interface CustomerReaderDeps {
  readonly store: StateStore;
  readonly scoreCodec: RecordCodec<Score>;
  /** Null when the id is none. */
  readonly surrogateOf: (tenant: string, id: string) => Surrogate | null;
}

export function createCustomerReader({ store, scoreCodec, surrogateOf }: CustomerReaderDeps): CustomerReader {
  return {
    resolveIfValid: surrogateOf,
    resolve(tenant, id) {
      const surrogate = surrogateOf(tenant, id);
      if (surrogate !== null) return surrogate;
      throw new EngineError(
        'ERR_NOT_FOUND',
        'This is not a customer id; use user:ID, ID, or ~ followed by 32 hexadecimal digits.',
        { retryable: false },
      );
    },
    async read(tenant, surrogates) {
      const stored = await store.load(surrogates.map((surrogate) => ({ tenant, surrogate })));
      return surrogates.map((surrogate, i) => {
        const found = stored[i];
        if (found === null) return null;
        const state = decodeState(found.bytes, found.version);
        const last = state.lastScore;
        const score = last === null ? null : scoreCodec.decodeBody(last.body);
        return { surrogate, state, score, scoredFrom: last?.receivedAt ?? null };
      });
    },
  };
}

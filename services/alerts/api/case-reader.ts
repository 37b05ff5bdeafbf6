import type { BookedCase, CaseBook } from '../../core/cases/case-book.ts';
import type { CaseStatus } from '../../core/cases/service-case.ts';
import type { CaseIndex } from '../../core/ports/case-index.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { Surrogate } from '../../core/units.ts';

export interface FoundCase {
  readonly booked: BookedCase;
  readonly book: CaseBook;
  readonly surrogate: Surrogate;
}

export interface CasePage {
  readonly cases: readonly FoundCase[];
  /** Order key to go on after; null at the end of the list. */
  readonly next: string | null;
}

export interface CaseListQuery {
  readonly status: CaseStatus | null;
  readonly queue: string | null;
  readonly limit: number;
  readonly after: string | null;
}

export interface CaseReader {
  /** Most urgent first. A page may hold fewer cases than asked for although `next` names more. */
  list(tenant: string, query: CaseListQuery): Promise<CasePage>;
  /** Null where the customer has no such case, or has it no more. */
  get(customer: CustomerKey, caseId: string): Promise<FoundCase | null>;
}

/** Reads the case books of customers, in their order; null for a customer nothing is kept of. */
export type LoadCaseBooks = (customers: readonly CustomerKey[]) => Promise<readonly (CaseBook | null)[]>;

/** Places looked at per page at most, so that a filter that matches little cannot hold a request for long. */
const maxLookedAt = 2_000;

/** Reads cases from the books; the index only says where to look, and in which order. */
export function createCaseReader(load: LoadCaseBooks, index: CaseIndex): CaseReader {
  async function readCases(tenant: string, places: readonly { caseId: string; surrogate: Surrogate }[]) {
    if (places.length === 0) return [];
    const books = await load(places.map(({ surrogate }) => ({ tenant, surrogate })));
    return places.map(({ caseId, surrogate }, i): FoundCase | null => {
      const book = books[i] ?? null;
      const booked = book?.cases.find((each) => each.case.caseId === caseId);
      return book === null || booked === undefined ? null : { booked, book, surrogate };
    });
  }

  return {
    async list(tenant, { status, queue, limit, after: start }) {
      const matches: { found: FoundCase; orderKey: string }[] = [];
      let after = start;
      for (let lookedAt = 0; matches.length <= limit && lookedAt < maxLookedAt;) {
        const places = await index.list({ tenant, status, after, limit: limit + 1 });
        const cases = await readCases(tenant, places);
        for (const [i, found] of cases.entries()) {
          if (found !== null && isWanted(found, status, queue)) matches.push({ found, orderKey: places[i].orderKey });
        }
        if (places.length <= limit) return toPage(matches, limit, null);
        after = places[places.length - 1].orderKey;
        lookedAt += places.length;
      }
      return toPage(matches, limit, after);
    },
    async get({ tenant, surrogate }, caseId) {
      const [found] = await readCases(tenant, [{ caseId, surrogate }]);
      return found;
    },
  };
}

function isWanted({ booked }: FoundCase, status: CaseStatus | null, queue: string | null): boolean {
  return (status === null || booked.case.status === status) && (queue === null || booked.queue === queue);
}

function toPage(
  matches: readonly { found: FoundCase; orderKey: string }[],
  limit: number,
  after: string | null,
): CasePage {
  const page = matches.slice(0, limit);
  return {
    cases: page.map(({ found }) => found),
    next: matches.length > limit ? page[page.length - 1].orderKey : after,
  };
}

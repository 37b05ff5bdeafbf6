import type { QualityStore } from '../../core/ports/quality-store.ts';
import { qualityDimensions } from '../../core/quality/quality-dimension.ts';
import type { QualityDimension } from '../../core/quality/quality-dimension.ts';
import type { QualityTargets } from '../../core/quality/quality-targets.ts';
import type { FieldQuality, QualityScore } from '../../core/quality/score-quality.ts';
import type { EpochMs } from '../../core/units.ts';
import type { IngestTenant } from '../ingest-tenant.ts';
import type { QualityBook } from './quality-book.ts';
import { reportQuality } from './report-quality.ts';

/** One of the four scores of a source, as a check found it. */
export interface CheckedScore {
  readonly tenant: string;
  readonly source: string;
  readonly dimension: QualityDimension;
  readonly score: QualityScore;
  /** `type.field` of those that miss the target by most values, the worst first; names of the plan, never of a sender. */
  readonly worst: readonly string[];
}

export interface QualityCheckDeps {
  readonly store: QualityStore;
  readonly book: Pick<QualityBook, 'flush'>;
  /** Those of the installation file in force now. */
  readonly tenants: () => ReadonlyMap<string, Pick<IngestTenant, 'id' | 'calendar'>>;
  readonly targets: () => QualityTargets;
  readonly now: () => EpochMs;
  /** Told of every score once per check. */
  readonly checked: (scores: readonly CheckedScore[]) => void;
  /** Told when a score falls below its target, and when it has reached it again; once each. */
  readonly changed: (score: CheckedScore) => void;
}

/** Yesterday and today, so that the first hours of a day do not stand alone. */
const days = 2;
/** Of fewer values nothing is said: one bad event of three is no news. */
export const leastValues = 20;
const worstNamed = 3;

/** Compares the scores of every source with their targets; to be called again and again. */
export function createQualityCheck(deps: QualityCheckDeps): () => Promise<void> {
  let below = new Set<string>();
  return async () => {
    await deps.book.flush();
    const targets = deps.targets();
    const found: CheckedScore[] = [];
    for (const tenant of deps.tenants().values()) {
      const { sources } = await reportQuality({ tenant, source: null, days, now: deps.now(), targets }, deps.store);
      for (const { source, scores, fields } of sources) {
        for (const dimension of qualityDimensions) {
          const score = scores[dimension];
          if (score === undefined || score.all < leastValues) continue;
          found.push({ tenant: tenant.id, source, dimension, score, worst: worstOf(fields, dimension) });
        }
      }
    }
    deps.checked(found);
    const belowNow = found.filter(({ score }) => !score.isMet);
    for (const each of found) if (!each.score.isMet !== below.has(nameOf(each))) deps.changed(each);
    below = new Set(belowNow.map(nameOf));
  };
}

function nameOf({ tenant, source, dimension }: CheckedScore): string {
  return `${tenant} ${source} ${dimension}`;
}

function worstOf(fields: readonly FieldQuality[], dimension: QualityDimension): readonly string[] {
  return fields
    .flatMap(({ type, field, scores }) => {
      const score = scores[dimension];
      return score === undefined || score.isMet ? [] : [{ name: `${type}.${field}`, bad: score.all - score.good }];
    })
    .sort((a, b) => b.bad - a.bad)
    .slice(0, worstNamed)
    .map(({ name }) => name);
}

import type { QualityStore } from '../../core/ports/quality-store.ts';
import type { QualityTargets } from '../../core/quality/quality-targets.ts';
import { scoreQuality } from '../../core/quality/score-quality.ts';
import type { SourceQuality } from '../../core/quality/score-quality.ts';
import type { EpochMs } from '../../core/units.ts';
import type { IngestTenant } from '../ingest-tenant.ts';

export interface QualityReport {
  /** Business days of the tenant, both included. */
  readonly from: string;
  readonly to: string;
  readonly targets: QualityTargets['shares'];
  readonly timelyHours: number;
  readonly sources: readonly ({ readonly source: string } & SourceQuality)[];
}

export interface QualityQuestion {
  readonly tenant: Pick<IngestTenant, 'id' | 'calendar'>;
  /** Null for every source. */
  readonly source: string | null;
  /** The last so many business days, today included. */
  readonly days: number;
  readonly now: EpochMs;
  readonly targets: QualityTargets;
}

const hourMs = 3_600_000;

/** The quality of a tenant's sources over the last business days. */
export async function reportQuality(question: QualityQuestion, store: QualityStore): Promise<QualityReport> {
  const { tenant, targets, now, source } = question;
  const today = tenant.calendar.dayOf(now);
  const days = Array.from({ length: question.days }, (_, ago) => today - ago);
  const known = await store.sources(tenant.id);
  const asked = source === null ? known : known.filter((each) => each === source);
  const sources: QualityReport['sources'][number][] = [];
  for (const each of asked) {
    sources.push({ source: each, ...scoreQuality(await store.read(tenant.id, each, days), targets) });
  }
  return {
    from: tenant.calendar.isoDate(today - question.days + 1),
    to: tenant.calendar.isoDate(today),
    targets: targets.shares,
    timelyHours: targets.timelyMs / hourMs,
    sources,
  };
}

import { noAnswers, answerResults, type AnswerCounts } from '../../simulator/answer-counts.ts';

/** One sample of a metrics page: name, labels, value. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const samplePattern = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const labelPattern = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads the samples of a page in Prometheus' text format. */
export function parseMetrics(page: string): MetricSample[] {
  return page.split('\n').flatMap((line) => {
    const match = line.startsWith('#') ? null : samplePattern.exec(line);
    if (match === null) return [];
    const labels = Object.fromEntries(
      [...(match[2] ?? '').matchAll(labelPattern)].map((label) => [label[1], label[2]]),
    );
    return [{ name: match[1], labels, value: Number(match[3]) }];
  });
}

/** The samples of a service; null when it does not answer. */
export async function scrapeMetrics(url: string): Promise<MetricSample[] | null> {
  try {
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(3_000) });
    return answer.ok ? parseMetrics(await answer.text()) : null;
  } catch {
    return null;
  }
}

/** Sum of a metric's samples, of those with the given labels where some are given. */
export function sumOf(samples: readonly MetricSample[], name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels);
  return samples
    .filter((sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value))
    .reduce((sum, sample) => sum + sample.value, 0);
}

/** What ingest says it answered, by result. */
export function ingestAnswers(samples: readonly MetricSample[]): AnswerCounts {
  const entries = answerResults.map(
    (result) => [result, sumOf(samples, 'tidewatch_events_total', { result })] as const,
  );
  const sent = entries.reduce((sum, [, count]) => sum + count, 0);
  return { ...noAnswers, ...Object.fromEntries(entries), sent };
}

/**
 * Whether counters of one name grew within `window`, per service. A counter with labels has no series before it first
 * counts, so `increase` would not see the first step: what has no past counts from 0.
 */
export function increased(name: string, window: string, matchers = ''): string {
  const series = matchers === '' ? name : `${name}{${matchers}}`;
  return (
    `sum by (job) (increase(${series}[${window}])) > 0 or ` +
    `(sum by (job) (${series}) unless sum by (job) (${series} offset ${window})) > 0`
  );
}

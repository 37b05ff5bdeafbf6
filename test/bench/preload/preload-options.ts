const preloads = {
  /** Answers `handled`, `acknowledged` and `latencies` (`stage-probe.ts`). */
  stages: new URL('./probe-stages.ts', import.meta.url),
  /** Answers `process` (`probe-process.ts`). */
  process: new URL('./probe-process.ts', import.meta.url),
  /** Without what protects from crashes (`without-safety.ts`). */
  unsafe: new URL('./without-safety.ts', import.meta.url),
  /** Without facts for KPIs (`without-facts.ts`). */
  factless: new URL('./without-facts.ts', import.meta.url),
} as const;

/** The environment that has a service load something of the bench before itself. */
export function preloading(...names: readonly (keyof typeof preloads)[]): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: names.map((name) => `--import=${preloads[name].href}`).join(' ') };
}

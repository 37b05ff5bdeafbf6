import { it } from 'vitest';
import { runSchedule } from '../../support/simulation/simulate.ts';
import { themes, themeNames } from '../../support/simulation/themes.ts';
it('tries', async () => {
  const one = process.env['SIM_SEED'];
  const n = Number(process.env['N'] ?? 200);
  const from = Number(process.env['FROM'] ?? 0);
  if (one) {
    const trace: string[] = [];
    const r = await runSchedule({ seed: Number(one), rates: themes[themeNames[Number(one) % 4]], trace });
    console.log(trace.slice(-Number(process.env['LINES'] ?? 400)).join('\n')); console.log(r); return;
  }
  const start = performance.now();
  const tot: Record<string, number> = {};
  const bad: Record<string, number> = {};
  for (let i = 0; i < n; i++) {
    const seed = from + i;
    const theme = themeNames[seed % 4];
    const r = await runSchedule({ seed, rates: themes[theme] });
    for (const [k, v] of Object.entries(r.tally)) tot[k] = (tot[k] ?? 0) + v;
    if (r.differences.length > 0) { bad[theme] = (bad[theme] ?? 0) + 1; console.log(seed, theme, r.differences.slice(0, 2).map(d=>d.slice(0,400))); }
  }
  console.log((performance.now() - start) / n, 'ms each', tot, bad);
}, 600_000);

import { runSchedule } from '../../support/simulation/simulate.ts';
import { themes, themeNames } from '../../support/simulation/themes.ts';
const start = performance.now();
const cpu = process.cpuUsage();
for (let i = 0; i < 300; i++) await runSchedule({ seed: i, rates: themes[themeNames[i % 4]] });
const used = process.cpuUsage(cpu);
console.log((performance.now() - start) / 300, 'ms wall', (used.user + used.system) / 300000, 'ms cpu');

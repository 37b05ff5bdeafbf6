// npm run monitoring:install: Prometheus, promtool, Alertmanager and amtool, under .tidewatch/monitoring.
import { runScript } from '../run-script.ts';
import { installMonitoring } from './install-monitoring.ts';

await runScript(async () => {
  const { home } = await installMonitoring({ log: (line) => console.error(line) });
  console.error(`The monitoring tools are in ${home}; delete that folder to install them anew.`);
  return 0;
});

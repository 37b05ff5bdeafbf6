import { loadConfig } from '../platform/runtime/load-config.ts';
import { runService } from '../platform/runtime/run-service.ts';
import { buildAlerts } from './app.ts';
import { alertsConfig } from './config.ts';

await runService('alerts', (context) => buildAlerts(loadConfig(alertsConfig, process.env), context));

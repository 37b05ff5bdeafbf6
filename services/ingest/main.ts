import { loadConfig } from '../platform/runtime/load-config.ts';
import { runService } from '../platform/runtime/run-service.ts';
import { buildIngest } from './app.ts';
import { ingestConfig } from './config.ts';

await runService('ingest', (context) => buildIngest(loadConfig(ingestConfig, process.env), context));

import { loadConfig } from '../platform/runtime/load-config.ts';
import { runService } from '../platform/runtime/run-service.ts';
import { buildScorer } from './app.ts';
import { scorerConfig } from './config.ts';

await runService('scorer', (context) => buildScorer(loadConfig(scorerConfig, process.env), context));

import { swapModules } from './swap-modules.ts';

swapModules({ 'services/platform/runtime/pipeline-runner.ts': new URL('./probed-runner.ts', import.meta.url) });

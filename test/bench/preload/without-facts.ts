/* Takes away the facts for KPIs: no event is counted, and no standing told. All else is the scorer as it is. */
import { swapModules } from './swap-modules.ts';

const here = (file: string): URL => new URL(`./no-facts/${file}`, import.meta.url);

swapModules({
  'services/core/kpis/counted-types.ts': here('counted-types.ts'),
  'services/scorer/steps/compose-facts.ts': here('compose-facts.ts'),
});

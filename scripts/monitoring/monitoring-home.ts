import { join } from 'node:path';
import { checkoutRoot } from '../checkout-root.ts';

/** Where `npm run monitoring:install` puts Prometheus and Alertmanager, and the programs in there. */
export interface MonitoringHome {
  readonly home: string;
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
  readonly amtool: string;
  /** Written last: the installation is complete. */
  readonly marker: string;
}

/** @param root the checkout; default: the one this file belongs to */
export function monitoringHome(root = checkoutRoot): MonitoringHome {
  const home = join(root, '.tidewatch', 'monitoring');
  const program = (name: string): string => join(home, 'usr', 'bin', name);
  return {
    home,
    prometheus: program('prometheus'),
    promtool: program('promtool'),
    alertmanager: program('prometheus-alertmanager'),
    amtool: program('amtool'),
    marker: join(home, 'complete'),
  };
}

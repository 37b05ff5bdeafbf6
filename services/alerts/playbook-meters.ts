import type { Metrics } from '../platform/telemetry/metrics.ts';

/** Shows which playbooks are in force, and counts the changes of their file. */
export function createPlaybookMeters(metrics: Metrics): (result: 'loaded' | 'refused', version: string) => void {
  const reloads = metrics.counter('tidewatch_playbook_reloads_total', 'Changed playbook files, by what became of them.', [
    'result',
  ]); // prettier-ignore
  const help = 'Always 1; the label names the version of the playbooks in force.';
  const info = metrics.gauge('tidewatch_playbooks_info', help, ['version']);
  let isStart = true;
  for (const result of ['loaded', 'refused']) reloads.inc({ result }, 0);
  return (result, version) => {
    if (!isStart) reloads.inc({ result });
    isStart = false;
    info.reset();
    info.set({ version }, 1);
  };
}

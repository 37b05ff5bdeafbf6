import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';
import { type KpiOptions, openKpis } from './kpi-connection.ts';
import { withKpiOptions } from './kpi-options.ts';

interface RebuildOptions extends KpiOptions {
  readonly yes?: true;
}

/** `tidewatch kpi rebuild`: what was counted is forgotten, and counted anew from the log. */
export function addRebuildVerb(kpi: Command, io: CliIo): void {
  withKpiOptions(kpi.command('rebuild'))
    .description('Forget all that was counted, of every tenant; alerts counts it anew from the first fact of the log.')
    .option('--yes', 'do it: until all is counted again, KPIs are too low')
    .action((options: RebuildOptions) => rebuild(options, io));
}

async function rebuild(options: RebuildOptions, io: CliIo): Promise<void> {
  const kpis = await openKpis(options, io);
  try {
    const layout = await kpis.store.layout();
    if (layout === null) throw usageError('Nothing was counted yet; there is nothing to count anew.');
    const { partitions } = layout;
    if (options.yes !== true) {
      throw usageError(
        `This forgets marks, ledgers and cells of all ${partitions} partitions of kpi.facts.v1, of every tenant. Alerts counts ` +
          'them anew from the first fact, also while it runs; until then scorecards, gauges and alerts on targets see too ' +
          'little. Nothing of the logs is lost. Repeat with --yes.',
      );
    }
    for (let partition = 0; partition < partitions; partition++) await kpis.store.forget(partition);
    io.stdout.write(
      `${partitions} partitions forgotten. Alerts begins anew within 15 s; tidewatch_kpi_staleness_seconds says when it is done.\n`,
    );
  } finally {
    await kpis.close();
  }
}

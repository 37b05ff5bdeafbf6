import { type MetricSample, parseMetrics } from '../../../scripts/start/service-metrics.ts';
import { askEveryPath } from '../../support/ask-every-path.ts';
import { eventually } from '../../support/eventually.ts';
import { type ServiceName, services } from './scrape.ts';
import type { TelemetryWorld } from './telemetry-world.ts';

const readAtName = 'tidewatch_kpi_gauges_read_timestamp_seconds';

/** The samples of each service at the end, with a series for every route and with KPIs read after the last event. */
export async function readPages({
  urls,
  token,
}: TelemetryWorld): Promise<Record<ServiceName, readonly MetricSample[]>> {
  const endedAt = Date.now() / 1000;
  const page = async (name: ServiceName): Promise<MetricSample[]> =>
    parseMetrics(await (await fetch(`${urls[name]}/metrics`)).text());
  for (const name of services) await askEveryPath(urls[name], token);
  await eventually(async () => {
    const read = (await page('alerts')).find(({ name }) => name === readAtName);
    if (read === undefined || read.value < endedAt) throw new Error('the gauges of KPIs were not read again');
  });
  return { ingest: await page('ingest'), scorer: await page('scorer'), alerts: await page('alerts') };
}

/** Series of a day, one value every five minutes, and what a measured KPI then is: worked out by hand. */
export interface MeasuredExample {
  /** Series → values in promtool's notation. */
  readonly series: Readonly<Record<string, string>>;
  readonly value: number;
  /** Series of a day on which nothing happened, of which there is no value. */
  readonly nothing: Readonly<Record<string, string>>;
}

/** 3 of 4 values are good, read by two processes. */
function quality(dimension: string): MeasuredExample {
  const series = (result: string, instance: string): string =>
    `tidewatch_quality_values_total{tenant="demo",source="web",dimension="${dimension}",result="${result}",instance="${instance}"}`;
  return {
    series: {
      [series('good', 'a')]: '0+2x300',
      [series('good', 'b')]: '0+1x300',
      [series('bad', 'b')]: '0+1x300',
    },
    value: 0.75,
    nothing: { [series('good', 'a')]: '7x300', [series('bad', 'a')]: '3x300' },
  };
}

const bucket = (le: string): string => `tidewatch_http_request_duration_seconds_bucket{route="/a",le="${le}"}`;
const requests = (status: string): string => `tidewatch_http_requests_total{route="/a",status_class="${status}"}`;

/** One for every KPI that is measured. */
export const measuredExamples: Readonly<Record<string, MeasuredExample>> = {
  data_completeness: quality('completeness'),
  data_accuracy: quality('accuracy'),
  data_consistency: quality('consistency'),
  data_timeliness: quality('timeliness'),
  // 90 of 100 within 0.1 s, 10 within 0.5 s: the 95th is half-way through the second bucket.
  answer_time_p95: {
    series: { [bucket('0.1')]: '0+90x300', [bucket('0.5')]: '0+100x300', [bucket('+Inf')]: '0+100x300' },
    value: 300,
    nothing: { [bucket('0.1')]: '5x300', [bucket('0.5')]: '5x300', [bucket('+Inf')]: '5x300' },
  },
  availability: {
    series: { [requests('2xx')]: '0+98x300', [requests('5xx')]: '0+2x300' },
    value: 0.98,
    nothing: { [requests('2xx')]: '98x300' },
  },
  // 600 in five minutes.
  throughput: {
    series: { 'tidewatch_events_total{result="accepted"}': '0+450x300', 'tidewatch_events_total{result="duplicate"}': '0+150x300' },
    value: 2,
    nothing: {},
  },
  storage_use: {
    series: { 'process_resident_memory_bytes{job="ingest"}': '1000x300', 'process_resident_memory_bytes{job="scorer"}': '2500x300' },
    value: 3500,
    nothing: {},
  },
}; // prettier-ignore

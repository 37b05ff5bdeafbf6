import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { ReportChart } from './report-page.ts';

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

const size = { width: 360, height: 240 } as const;
const barHeight = 18;

/** Draws a chart as SVG, without a browser. Equal charts give equal text, which refers to nothing outside itself. */
export async function drawChart(chart: ReportChart): Promise<string> {
  const spec = chart.kind === 'bars' ? barSpec(chart) : lineSpec(chart);
  // Neither clips nor gradients: their ids are counted for the whole process, so that the text would depend on it.
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    // The namespaces go without saying inside HTML.
    return svg.replace(/ xmlns(?::xlink)?="[^"]*"/g, '');
  } finally {
    view.finalize();
  }
}

function lineSpec({ kind, points, x, y }: ReportChart): TopLevelSpec {
  const encoding = {
    x: { field: 'x', type: 'quantitative', title: x.title, scale: scaleOf(x.domain) },
    y: { field: 'y', type: 'quantitative', title: y.title, scale: scaleOf(y.domain) },
  } as const;
  const color = { field: 'series', type: 'nominal', legend: seriesOf(points) > 1 ? { title: null } : null } as const;
  const diagonal: Layer = {
    data: { values: [{ x: 0, y: 0 }, { x: 1, y: 1 }] }, // prettier-ignore
    mark: { type: 'line', color: '#aaa', strokeDash: [4, 4] },
    encoding,
  };
  const drawn: Layer = {
    data: { values: [...points] },
    mark: { type: 'line', point: points.length <= 40, interpolate: 'linear' },
    encoding: { ...encoding, color, order: { field: 'x', type: 'quantitative' } },
  };
  return { ...size, background: 'white', layer: kind === 'diagonal' ? [diagonal, drawn] : [drawn] };
}

function barSpec({ points, y }: ReportChart): TopLevelSpec {
  return {
    width: size.width,
    height: Math.max(1, points.length) * barHeight,
    background: 'white',
    data: { values: [...points] },
    mark: 'bar',
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, title: null },
      x: { field: 'y', type: 'quantitative', title: y.title },
      color: { field: 'series', type: 'nominal', legend: null },
    },
  };
}

function scaleOf(domain: readonly [number, number] | undefined): { domain: number[] } | undefined {
  return domain === undefined ? undefined : { domain: [...domain] };
}

function seriesOf(points: ReportChart['points']): number {
  return new Set(points.map(({ series }) => series)).size;
}

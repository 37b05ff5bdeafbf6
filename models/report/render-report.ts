import { drawChart } from './draw-chart.ts';
import type { ReportChart, ReportPage } from './report-page.ts';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
  figure { display: inline-block; vertical-align: top; width: 28rem; margin: 0 1rem 2rem 0; }
  figure svg { max-width: 100%; height: auto; }
  figcaption { color: #555; font-size: 13px; }
  table { border-collapse: collapse; }
  td { border-top: 1px solid #ddd; padding: .2rem 1rem .2rem 0; }
  td + td { text-align: right; font-variant-numeric: tabular-nums; }
`;

/**
 * A report as one HTML page that needs nothing beside itself. The numbers of all plots stand in it once more, as JSON in
 * the element `report-data`. Equal pages give equal text.
 */
export async function renderReport(page: ReportPage): Promise<string> {
  const charts: string[] = [];
  for (const chart of page.charts) charts.push(await renderChart(chart));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(page.title)}</h1>
<p>${escape(page.introduction)}</p>
<table>
${Object.entries(page.figures).map(renderFigure).join('\n')}
</table>
${charts.join('\n')}
<ul>
${page.notes.map((note) => `<li>${escape(note)}</li>`).join('\n')}
</ul>
<script type="application/json" id="report-data">${embed({ figures: page.figures, charts: page.charts })}</script>
</body>
</html>
`;
}

async function renderChart(chart: ReportChart): Promise<string> {
  return `<figure>
<h2>${escape(chart.title)}</h2>
${await drawChart(chart)}
<figcaption>${escape(chart.caption)}</figcaption>
</figure>`;
}

function renderFigure([name, value]: [string, number]): string {
  return `<tr><td>${escape(name)}</td><td>${show(value)}</td></tr>`;
}

function show(value: number): string {
  if (!Number.isFinite(value)) return 'not defined';
  return Number.isInteger(value) ? String(value) : Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(4);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON that cannot end its element. */
function embed(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

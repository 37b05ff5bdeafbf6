import type { GrowthStep } from './growth-step.ts';

interface Panel {
  readonly title: string;
  readonly value: (step: GrowthStep) => number;
  readonly show: (value: number) => string;
}

const panels: readonly Panel[] = [
  {
    title: 'Redis bytes per customer',
    value: ({ redisBytesPerCustomer }) => redisBytesPerCustomer,
    show: (value) => String(Math.round(value)),
  },
  {
    title: 'Events per second',
    value: ({ eventsPerSecond }) => eventsPerSecond,
    show: (value) => Math.round(value).toLocaleString('en'),
  },
  {
    title: 'First score after kill -9 (s)',
    value: ({ firstScoreAfterKillMs }) => firstScoreAfterKillMs / 1000,
    show: (value) => value.toFixed(1),
  },
];

const panelWidth = 280;
const height = 220;
const margin = { left: 28, right: 28, top: 44, bottom: 40 } as const;

/** Three small charts side by side over the number of customers (logarithmic); each value axis begins at 0. */
export function growthChart(steps: readonly GrowthStep[]): string {
  const width = panels.length * panelWidth;
  const drawn = panels.map((panel, i) => drawPanel(panel, steps, i * panelWidth));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    '  font-family="sans-serif" font-size="12" role="img">',
    '<title>The scorer as the number of customers grows</title>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawn.flat(),
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, value, show }: Panel, steps: readonly GrowthStep[], left: number): string[] {
  const highest = Math.max(...steps.map(value), Number.MIN_VALUE);
  const [first, last] = [steps[0].customers, steps[steps.length - 1].customers];
  const span = Math.log(last / first) || 1;
  const floor = height - margin.bottom;
  const points = steps.map((step) => ({
    x: round(
      left + margin.left + (Math.log(step.customers / first) / span) * (panelWidth - margin.left - margin.right),
    ),
    y: round(floor - (value(step) / highest) * (floor - margin.top)),
    label: show(value(step)),
    customers: shortCount(step.customers),
  }));
  return [
    `<text x="${left + margin.left}" y="18" font-weight="bold" fill="#222222">${title}</text>`,
    `<line x1="${left + margin.left}" y1="${floor}" x2="${left + panelWidth - margin.right}" y2="${floor}" stroke="#888888"/>`,
    `<polyline points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" fill="none" stroke="#1f6feb" stroke-width="2"/>`,
    ...points.flatMap(({ x, y, label, customers }) => [
      `<circle cx="${x}" cy="${y}" r="3.5" fill="#1f6feb"/>`,
      `<text x="${x}" y="${y - 8}" text-anchor="middle" fill="#222222">${label}</text>`,
      `<text x="${x}" y="${floor + 18}" text-anchor="middle" fill="#555555">${customers}</text>`,
    ]),
  ];
}

function shortCount(count: number): string {
  if (count >= 1_000_000) return `${round(count / 1_000_000)}M`;
  return count >= 1_000 ? `${round(count / 1_000)}k` : String(count);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

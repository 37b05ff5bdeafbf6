import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

/** A section as lines for a terminal. */
export function sectionText({ title, note, heads, rows }: ReportSection, language: ReportLanguage): string {
  const head = `${withoutControls(title)}\n${note === null ? '' : `${note}\n`}`;
  if (rows.length === 0) return `${head}${reportWord('nothing', language)}\n`;
  const table = [heads, ...rows].map((cells) => cells.map(withoutControls));
  const widths = heads.map((_, column) => Math.max(...table.map((cells) => widthOf(cells[column]))));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => cell + ' '.repeat(widths[i] - widthOf(cell))).join('  ').trimEnd(); // prettier-ignore
  return `${head}${table.map((cells) => `${line(cells)}\n`).join('')}`;
}

/** Names of stores, regions and staff come from outside: one with a line break or an escape must not draw on the terminal. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns a text takes in a terminal: characters of Chinese take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

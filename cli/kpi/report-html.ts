import { createHash } from 'node:crypto';
import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

export interface HtmlPage {
  readonly title: string;
  /** Sentences above the tables. */
  readonly lead: readonly string[];
  readonly sections: readonly ReportSection[];
}

const style = `
body { font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1b1f24; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #d0d7de; }
th { background: #f6f8fa; } .green { background: #dafbe1; } .amber { background: #fff1c2; } .red { background: #ffd9d6; }
.quoted { border: 2px dashed #8c959f; padding: 0 1rem 1rem; margin-top: 3rem; } .note { color: #57606a; }
@media print { body { margin: 0; max-width: none; font-size: 10px; } h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

/** A page that stands alone: no script, nothing is loaded; it can be mailed, kept and printed. One page holds both languages where both are given. */
export function reportHtml(pages: readonly (HtmlPage & { readonly language: ReportLanguage })[]): string {
  const [first] = pages;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
  return `<!doctype html>
<html lang="${first.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escape(pages.map(({ title }) => title).join(' / '))}</title>
<style>${style}</style>
</head>
<body>
${pages.map(pageHtml).join('')}</body>
</html>
`;
}

function pageHtml({ language, title, lead, sections }: HtmlPage & { readonly language: ReportLanguage }): string {
  return `<article lang="${language}">
<h1>${escape(title)}</h1>
${lead.map((sentence) => `<p>${escape(sentence)}</p>\n`).join('')}${sections.map((section) => sectionHtml(section, language)).join('')}</article>
`;
}

function sectionHtml(section: ReportSection, language: ReportLanguage): string {
  const { title, note, heads, rows, isQuoted } = section;
  const body =
    rows.length === 0 ? `<p>${escape(reportWord('nothing', language))}</p>` : tableHtml(section, heads, rows);
  return `<section${isQuoted ? ' class="quoted"' : ''}>
<h2>${escape(title)}</h2>
${note === null ? '' : `<p class="note">${escape(note)}</p>\n`}${body}
</section>
`;
}

function tableHtml({ lights }: ReportSection, heads: readonly string[], rows: ReportSection['rows']): string {
  const head = heads.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('');
  const lines = rows.map((cells, row) => {
    const light = lights?.of[row] ?? null;
    return `<tr>${cells
      .map(
        (cell, column) =>
          `<td${light !== null && column === lights?.column ? ` class="${light}"` : ''}>${escape(cell)}</td>`,
      )
      .join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../../cli/kpi/report-html.ts';
import type { ReportSection } from '../../../cli/kpi/report-section.ts';
import { sectionText } from '../../../cli/kpi/section-text.ts';

const names = [
  '<script>alert(1)</script>',
  `"><img src=x onerror='alert(1)'>`,
  'two\nlines',
  '\u001b[2Jcleared',
  '__proto__',
  'a,"b"',
];
const section: ReportSection = {
  title: `store=${names[0]}\n`,
  note: null,
  heads: ['Customer group'],
  rows: names.map((name) => [name]),
  lights: null,
  isQuoted: false,
}; // prettier-ignore

describe('names that come from outside', () => {
  it('stand in a page as text and nothing else', () => {
    const page = reportHtml([{ language: 'en', title: names[0], lead: [names[1]], sections: [section] }]);
    expect(page.match(/<(script|img)/gi)).toBeNull();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;');
    expect(page).toContain("default-src 'none'");
  });

  it('keep to their line of a table and send nothing to the terminal', () => {
    const text = sectionText(section, 'en');
    expect(text.split('\n')).toHaveLength(names.length + 3);
    expect(text).toContain('two\ufffdlines');
    expect(text).not.toContain('\u001b');
  });
});

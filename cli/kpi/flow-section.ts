import type { StageFlow } from '../../services/core/kpis/flows/read-stage-flows.ts';
import type { ReportLanguage } from '../../services/core/kpis/scorecard/format-kpi-value.ts';
import type { ReportSection } from './report-section.ts';
import { reportWord } from './report-words.ts';

/** The funnel of stages with what came in and went out. */
export function flowSection(flows: readonly StageFlow[], language: ReportLanguage): ReportSection {
  return {
    title: reportWord('flows', language),
    note: null,
    heads: (['stage', 'atEnd', 'entries', 'exits', 'net'] as const).map((head) => reportWord(head, language)),
    rows: flows.map(({ stage, atEnd, entries, exits }) => [
      stage,
      atEnd === null ? '-' : String(atEnd),
      String(entries),
      String(exits),
      String(entries - exits),
    ]),
    lights: null,
    isQuoted: false,
  };
}

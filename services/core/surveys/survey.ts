/** `csat` is answered 1 to 5, `nps` 0 to 10. */
export type SurveyKind = 'csat' | 'nps';

/** What customers are asked about besides the whole (domain brief, L2). */
export const surveyDimensions = [
  'product-quality', 'response-speed', 'staff-attitude', 'solving-efficiency', 'price', 'environment', 'after-sales',
] as const; // prettier-ignore

export type SurveyDimension = (typeof surveyDimensions)[number];

const scales = { csat: { from: 1, to: 5 }, nps: { from: 0, to: 10 } } as const;

/** Lowest and highest answer. */
export function surveyScale(kind: SurveyKind): { readonly from: number; readonly to: number } {
  return scales[kind];
}

/** Whether a number is an answer of a survey: a whole one on its scale. */
export function isAnswer(kind: SurveyKind, value: number): boolean {
  const { from, to } = scales[kind];
  return Number.isInteger(value) && value >= from && value <= to;
}

/** From which answers on somebody calls back; the playbook that answers low scores says where. */
export interface LowAnswers {
  readonly csat: number;
  readonly nps: number;
}

/** Whether an answer, to the whole or to a dimension, is low enough for a case and a task. */
export function isLowAnswer(kind: SurveyKind, value: number, low: LowAnswers): boolean {
  return isAnswer(kind, value) && value <= low[kind];
}

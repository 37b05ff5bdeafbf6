import type { BilingualText } from './bilingual-text.ts';
import type { ExplainedDifference, Explanation } from './explanation.ts';

/** An explanation as the HTTP interface and the command line show it. */
export function explanationToJson({ comparedWith, churn90, reasons, risk, value }: Explanation): object {
  return {
    churn90,
    comparedWith,
    reasons: reasons.map(({ code, contribution, text, riskWithout, remedy }) => ({
      code,
      contribution,
      text: textToJson(text),
      riskWithout,
      remedy: textToJson(remedy),
    })),
    risk: differenceToJson(risk),
    logValue: differenceToJson(value),
  };
}

function differenceToJson({ baseline, customer, contributions }: ExplainedDifference): object {
  return { baseline, customer, contributions };
}

function textToJson({ en, zhCN }: BilingualText): object {
  return { en, 'zh-CN': zhCN };
}

import type { BilingualText } from '../services/core/reasons/bilingual-text.ts';
import type { Explanation } from '../services/core/reasons/explanation.ts';

/** Reasons and remedies as lines to read. */
export function describeExplanation(
  customer: string,
  { churn90, reasons, comparedWith }: Explanation,
  language: keyof BilingualText,
): string {
  const risk = `${Math.round(churn90 * 100)}%`;
  const head =
    language === 'en'
      ? `Customer ${customer}: ${risk} risk of no purchase within 90 days, compared with the ${comparedWith} customer.`
      : `客户${customer}：90天内无购买的风险为${risk}（与${comparedWith === 'median' ? '中位' : '平均'}客户相比）。`;
  const none = language === 'en' ? 'Nothing makes the risk higher than usual.' : '没有使风险高于一般水平的原因。';
  const lines = reasons.flatMap(({ text, remedy, contribution }, i) => [
    `${i + 1}. ${text[language]} (+${contribution.toFixed(2)})`,
    `   ${remedy[language]}`,
  ]);
  return `${[head, ...(lines.length > 0 ? lines : [none])].join('\n')}\n`;
}

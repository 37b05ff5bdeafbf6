import { describe, expect, it } from 'vitest';
import { formatFigure } from '../../../../services/core/reasons/format-figure.ts';
import { reasonText } from '../../../../services/core/reasons/reason-text.ts';
import { remedyText } from '../../../../services/core/reasons/remedy-text.ts';

const figure = (feature: string, own: number, typical: number, unit: 'days' | 'count' | 'money' = 'count') => ({
  feature,
  own: formatFigure(own, unit, 'CNY'),
  typical: formatFigure(typical, unit, 'CNY'),
});

describe('the text of a reason', () => {
  it.each([
    [
      'silence',
      [figure('recency_days', 121, 62.44, 'days'), figure('spend_90', 0, 310.5, 'money')],
      'Silence: days since the last purchase 121 (typical 62.4), spend in 90 days CNY 0.00 (typical CNY 310.50).',
      '购买沉默：距上次购买天数121（一般为62.4），近90天消费额CNY 0.00（一般为CNY 310.50）。',
    ],
    [
      'experience',
      [figure('complaints_90', 2, 0.081)],
      'Bad experience: complaints in 90 days 2 (typical 0.08).',
      '体验不佳：近90天投诉数2（一般为0.08）。',
    ],
    [
      'delivery',
      [figure('order_delayed_days_ago', 3, NaN, 'days')],
      'Delivery: days since the last delay 3 (typical none).',
      '配送延误：距上次延误天数3（一般为无）。',
    ],
  ] as const)('names the figures of %s', (code, figures, en, zhCN) => {
    expect(reasonText(code, figures)).toEqual({ en, zhCN });
  });

  it('says what would lower the risk, and how far', () => {
    expect(remedyText('price', 0.714, 0.541)).toEqual({
      en: 'Offer a personal price and explain the value. With typical figures here the risk would be 54% instead of 71%.',
      zhCN: '提供专属优惠并说明价值。若这些指标恢复到一般水平，流失风险将从71%降至54%。',
    });
  });

  it('promises nothing where the risk would stay', () => {
    expect(remedyText('price', 0.714, 0.713).en).toBe('Offer a personal price and explain the value.');
    expect(remedyText('price', 0.714, 0.9).zhCN).toBe('提供专属优惠并说明价值。');
  });

  it.each([
    [1234.56, '1235'],
    [99.96, '100'],
    [12.34, '12.3'],
    [1.005, '1'],
    [-0.001, '0'],
    [-0.5, '-0.5'],
  ])('rounds %d to %s', (value, text) => {
    expect(formatFigure(value, 'count', 'GBP')).toEqual({ en: text, zhCN: text });
  });
});

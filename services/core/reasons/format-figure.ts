import type { BilingualText } from './bilingual-text.ts';
import type { FeatureDefinition } from '../features/feature-definition.ts';

const nothing: BilingualText = { en: 'none', zhCN: '无' };

/**
 * A figure as sentences name it: money with two decimals and its currency, everything else with at most two decimals
 * (one from 10 on, none from 100 on). An undefined figure is "none".
 */
export function formatFigure(value: number, unit: FeatureDefinition['unit'], currency: string): BilingualText {
  if (Number.isNaN(value)) return nothing;
  const text = unit === 'money' ? `${currency} ${plain(value.toFixed(2))}` : formatNumber(value);
  return { en: text, zhCN: text };
}

function formatNumber(value: number): string {
  const size = Math.abs(value);
  return plain(String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2))));
}

/** Rounding leaves a zero its sign. */
function plain(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text;
}

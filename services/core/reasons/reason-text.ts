import type { BilingualText } from './bilingual-text.ts';
import { featureMeaning } from './feature-meaning.ts';
import type { ReasonCode } from './reason-code.ts';
import { reasonWording } from './reason-wording.ts';

/** A figure of the customer and the typical one, as sentences name them. */
export interface NamedFigure {
  readonly feature: string;
  readonly own: BilingualText;
  readonly typical: BilingualText;
}

/** The sentence of a reason: its heading, and the figures that count most. */
export function reasonText(code: ReasonCode, figures: readonly NamedFigure[]): BilingualText {
  const { title } = reasonWording[code];
  const named = figures.map(({ feature, own, typical }) => {
    const { en, zhCN } = featureMeaning(feature);
    return { en: `${en} ${own.en} (typical ${typical.en})`, zhCN: `${zhCN}${own.zhCN}（一般为${typical.zhCN}）` };
  });
  return {
    en: `${title.en}: ${named.map(({ en }) => en).join(', ')}.`,
    zhCN: `${title.zhCN}：${named.map(({ zhCN }) => zhCN).join('，')}。`,
  };
}

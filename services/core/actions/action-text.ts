import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { ActionBasis } from './next-best-action.ts';

/** Why an action was chosen. @param rows rows of the log that the policy was learnt from */
export function actionText(basis: ActionBasis | null, rows: number): BilingualText {
  switch (basis) {
    case null:
      return { en: 'No action is allowed for this customer now.', zhCN: '目前没有可对该客户采取的行动。' };
    case 'all-alike':
      return {
        en: `Best for all; choosing per customer was not better on ${rows} logged rows.`,
        zhCN: `对所有客户最有效；根据${rows}条记录，按客户区分并未更好。`,
      };
    case 'per-customer':
      return {
        en: 'More is expected of it than of any other action for customers like this one.',
        zhCN: '对此类客户的预期效果优于其他行动。',
      };
    case 'next-allowed':
      return { en: 'The best of the actions that are allowed here.', zhCN: '当前允许的行动中效果最佳。' };
    case 'explored':
      return { en: 'Drawn by chance, to learn what it brings.', zhCN: '随机抽取，用于了解其效果。' };
  }
}

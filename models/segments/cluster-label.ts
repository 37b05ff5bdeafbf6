import type { BilingualText } from '../../services/core/reasons/bilingual-text.ts';
import { featureMeaning } from '../../services/core/reasons/feature-meaning.ts';

/** Standard deviations from which a centroid says that a group is unlike the others. */
const unlike = 0.25;
const named = 2;

/** Names a group after what its centroid differs most in. @param centroid in standard deviations, in the order of `features` */
export function clusterLabel(features: readonly string[], centroid: readonly number[]): BilingualText {
  const telling = features
    .map((feature, i) => ({ ...featureMeaning(feature), z: centroid[i] }))
    .filter(({ z }) => Math.abs(z) >= unlike)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, named);
  if (telling.length === 0) return { en: 'Like most customers', zhCN: '与多数客户相近' };
  const en = telling.map((each) => `${each.z > 0 ? 'high' : 'low'} ${each.en}`).join(', ');
  return {
    en: en.charAt(0).toUpperCase() + en.slice(1),
    zhCN: telling.map((each) => `${each.zhCN}${each.z > 0 ? '高' : '低'}`).join('，'),
  };
}

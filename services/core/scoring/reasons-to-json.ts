import type { ScoreReason } from './score.ts';

/** Reasons as the HTTP interfaces show them. */
export function reasonsToJson(reasons: readonly ScoreReason[] | null): readonly object[] | null {
  if (reasons === null) return null;
  return reasons.map(({ code, contribution, en, zhCN }) => ({ code, contribution, text: { en, 'zh-CN': zhCN } }));
}

import type { BilingualText } from './bilingual-text.ts';
import type { ReasonCode } from './reason-code.ts';
import { reasonWording } from './reason-wording.ts';

/** What to do about a reason, and how much it could bring where it brings anything. */
export function remedyText(code: ReasonCode, risk: number, riskWithout: number): BilingualText {
  const { advice } = reasonWording[code];
  const [now, then] = [percent(risk), percent(riskWithout)];
  if (Number.parseInt(then) >= Number.parseInt(now)) return advice;
  return {
    en: `${advice.en} With typical figures here the risk would be ${then} instead of ${now}.`,
    zhCN: `${advice.zhCN}若这些指标恢复到一般水平，流失风险将从${now}降至${then}。`,
  };
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)}%`;
}

import { featureMeaning } from './feature-meaning.ts';

const moreSilence = /^(recency_|silence_days$|gap_|session_days_ago$|login_days_ago$)/;
const lessIsWorse =
  /^((csat|nps)_(last|mean_365|trend)|contacts_(opened|clicked)_90|participations_90|campaign_answers_change_90)$/;
const everIsBad = /^(case|complaint|order_delayed)_days_ago$/;

/**
 * Whether a figure of the customer bears out the reason that its feature counts towards: a complaint does, the absence of
 * complaints does not, whatever a model makes of it. Any figure bears out `other`.
 * @param own NaN where undefined
 * @param typical the figure of the baseline
 */
export function isAdverse(feature: string, own: number, typical: number): boolean {
  const { code } = featureMeaning(feature);
  if (code === 'other') return true;
  if (Number.isNaN(own)) return false;
  if (everIsBad.test(feature)) return true;
  const isLessWorse = code === 'silence' ? !moreSilence.test(feature) : lessIsWorse.test(feature);
  return isLessWorse ? own < typical : own > typical;
}

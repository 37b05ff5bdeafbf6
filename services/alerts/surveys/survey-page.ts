import type { BilingualText } from '../../core/reasons/bilingual-text.ts';
import { type SurveyDimension, type SurveyKind, surveyScale } from '../../core/surveys/survey.ts';
import { dimensionField } from './given-answer.ts';

export interface SurveyQuestions {
  readonly kind: SurveyKind;
  readonly question: BilingualText;
  readonly dimensions: readonly { readonly dimension: SurveyDimension; readonly label: BilingualText }[];
}

/** Headers of every page of a survey: nothing is loaded, framed, kept or told to other sites. */
export const surveyPageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
};

const ends: Readonly<Record<SurveyKind, readonly [BilingualText, BilingualText]>> = {
  csat: [
    { en: 'not at all satisfied', zhCN: '非常不满意' },
    { en: 'very satisfied', zhCN: '非常满意' },
  ],
  nps: [
    { en: 'not at all likely', zhCN: '完全不可能' },
    { en: 'extremely likely', zhCN: '非常可能' },
  ],
};

/** The questions as a form without scripts, in both languages. `fault` stands on top of it after a post that was wrong. */
export function surveyPage(questions: SurveyQuestions, fault: BilingualText | null): string {
  const { kind, question, dimensions } = questions;
  const alert = fault === null ? '' : `<p role="alert"><strong>${both(fault)}</strong></p>`;
  const fields = dimensions.map(({ dimension, label }) => scale(kind, dimensionField(dimension), label, false));
  const form = [
    alert,
    '<form method="post">',
    scale(kind, 'score', question, true),
    ...fields,
    `<p><button type="submit">${both({ en: 'Send', zhCN: '提交' })}</button></p>`,
    '</form>',
  ];
  return page({ en: 'Your opinion', zhCN: '您的评价' }, form.join('\n'));
}

/** A page that says one thing. */
export function messagePage(title: BilingualText, text: BilingualText): string {
  return page(title, `<p>${both(text)}</p>`);
}

function page(title: BilingualText, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title.en)} / ${escape(title.zhCN)}</title>
</head>
<body>
<main>
<h1>${both(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

function scale(kind: SurveyKind, name: string, label: BilingualText, isRequired: boolean): string {
  const { from, to } = surveyScale(kind);
  const [low, high] = ends[kind];
  const required = isRequired ? ' required' : '';
  const choices = Array.from({ length: to - from + 1 }, (_, i) => {
    const value = from + i;
    return `<label><input type="radio" name="${name}" value="${value}"${required}> ${value}</label>`;
  });
  const meaning = both({
    en: `${from}: ${low.en}, ${to}: ${high.en}`,
    zhCN: `${from}：${low.zhCN}，${to}：${high.zhCN}`,
  });
  const hint = `${name}-hint`;
  return `<fieldset aria-describedby="${hint}">
<legend>${both(label)}</legend>
<p id="${hint}">${meaning}</p>
${choices.join('\n')}
</fieldset>`;
}

function both({ en, zhCN }: BilingualText): string {
  return `<span lang="en">${escape(en)}</span><br><span lang="zh-CN">${escape(zhCN)}</span>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

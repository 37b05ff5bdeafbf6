import type { BilingualText } from '../../core/reasons/bilingual-text.ts';

export interface SurveyMessage {
  readonly status: number;
  readonly title: BilingualText;
  readonly text: BilingualText;
}

/** What the page of a survey says besides its questions. */
export const surveyMessages = {
  thanks: {
    status: 200,
    title: { en: 'Thank you', zhCN: '感谢您' },
    text: { en: 'Your answer has arrived.', zhCN: '我们已收到您的评价。' },
  },
  answered: {
    status: 409,
    title: { en: 'Already answered', zhCN: '已经评价' },
    text: { en: 'This survey was answered before. Thank you.', zhCN: '您已提交过本次评价，谢谢。' },
  },
  expired: {
    status: 410,
    title: { en: 'This survey has ended', zhCN: '评价已结束' },
    text: { en: 'The time for an answer is over.', zhCN: '本次评价的有效期已过。' },
  },
  unknown: {
    status: 404,
    title: { en: 'This link is not valid', zhCN: '链接无效' },
    text: {
      en: 'Open the link from the message once more; it may have been cut off.',
      zhCN: '请从原消息中重新打开链接，链接可能不完整。',
    },
  },
  away: {
    status: 503,
    title: { en: 'Please try again', zhCN: '请稍后再试' },
    text: {
      en: 'Your answer could not be stored just now. Go back and send it again in a moment.',
      zhCN: '暂时无法保存您的评价，请返回后稍候再次提交。',
    },
  },
} as const satisfies Record<string, SurveyMessage>;

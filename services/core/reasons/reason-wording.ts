import type { BilingualText } from './bilingual-text.ts';
import type { ReasonCode } from './reason-code.ts';

/** How a reason is headed, and what those do about it who keep customers (playbooks H4 to H17 of the handbooks). */
export const reasonWording: Readonly<
  Record<ReasonCode, { readonly title: BilingualText; readonly advice: BilingualText }>
> = {
  experience: {
    title: { en: 'Bad experience', zhCN: '体验不佳' },
    advice: { en: 'Apologise, put it right and follow up.', zhCN: '致歉、补救并回访。' },
  },
  price: {
    title: { en: 'Price', zhCN: '价格因素' },
    advice: { en: 'Offer a personal price and explain the value.', zhCN: '提供专属优惠并说明价值。' },
  },
  competitor: {
    title: { en: 'Competitor', zhCN: '竞争对手' },
    advice: { en: 'Ask for the needs and propose something tailored to them.', zhCN: '了解需求并提供定制方案。' },
  },
  'no-personalisation': {
    title: { en: 'Offers do not fit', zhCN: '缺乏个性化' },
    advice: { en: 'Send fewer messages, with personal recommendations.', zhCN: '减少群发，改用个性化推荐。' },
  },
  'need-changed': {
    title: { en: 'Changed need', zhCN: '需求变化' },
    advice: { en: 'Talk about the new need and adapt what is offered.', zhCN: '沟通新需求并调整方案。' },
  },
  'service-gap': {
    title: { en: 'Service falls short', zhCN: '服务不足' },
    advice: { en: 'Answer and solve the open cases, then check that they are solved.', zhCN: '尽快答复并解决工单，随后回访。' },
  },
  'feedback-gap': {
    title: { en: 'Nobody listens', zhCN: '反馈渠道缺失' },
    advice: { en: 'Answer what was said, and get in touch in person.', zhCN: '回应客户反馈并主动联系。' },
  },
  delivery: {
    title: { en: 'Delivery', zhCN: '配送延误' },
    advice: { en: 'Tell the new date, and speed the order up.', zhCN: '告知新的送达时间并加急处理。' },
  },
  silence: {
    title: { en: 'Silence', zhCN: '购买沉默' },
    advice: { en: 'Remind with a personal offer: a purchase ends the silence.', zhCN: '以专属优惠提醒，促成再次购买。' },
  },
  other: {
    title: { en: 'Other', zhCN: '其他' },
    advice: { en: 'Ask the customer in a short survey or call.', zhCN: '通过简短调查或电话了解原因。' },
  },
}; // prettier-ignore

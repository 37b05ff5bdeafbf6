import type { BilingualText } from './bilingual-text.ts';
import type { ReasonCode } from './reason-code.ts';

/** What a feature says of a customer: the reason it counts towards, and its name in sentences. */
export interface FeatureMeaning extends BilingualText {
  readonly code: ReasonCode;
}

type Row = readonly [feature: string, code: ReasonCode, en: string, zhCN: string];

function windows(days: readonly number[], row: (days: number) => Row): readonly Row[] {
  return days.map(row);
}

const purchases: readonly Row[] = [
  ...windows([30, 60, 90, 180, 365], (d) => [
    `purchase_days_${d}`,
    'silence',
    `purchase days in ${d} days`,
    `近${d}天购买天数`,
  ]),
  ...windows([30, 60, 90, 180, 365], (d) => [`spend_${d}`, 'silence', `spend in ${d} days`, `近${d}天消费额`]),
  ['recency_days', 'silence', 'days since the last purchase', '距上次购买天数'],
  ['tenure_days', 'other', 'days since the first purchase', '距首次购买天数'],
  ['gap_mean', 'silence', 'mean days between purchases', '平均购买间隔天数'],
  ['gap_sd', 'silence', 'spread of the days between purchases', '购买间隔波动天数'],
  ['gap_last', 'silence', 'days between the last two purchases', '最近两次购买间隔天数'],
  ['gap_max', 'silence', 'longest time between purchases in days', '最长购买间隔天数'],
  ['recency_over_gap', 'silence', 'time since the last purchase over the usual gap', '沉默时长与平均间隔之比'],
  ['purchase_days', 'silence', 'purchase days ever', '累计购买天数'],
  ['orders', 'silence', 'orders ever', '累计订单数'],
  ['spend', 'silence', 'spend ever', '累计消费额'],
  ['spend_per_purchase_day', 'other', 'spend per purchase day', '每购买日消费额'],
  ['cancellations', 'experience', 'cancelled and returned orders ever', '累计取消和退货数'],
  ['cancelled_amount', 'experience', 'amount of cancelled and returned orders', '累计取消和退货金额'],
  ['cancellations_90', 'experience', 'cancelled and returned orders in 90 days', '近90天取消和退货数'],
  ['purchase_days_same_season', 'other', 'purchase days in this season a year ago', '去年同期购买天数'],
  ['spend_same_season', 'other', 'spend in this season a year ago', '去年同期消费额'],
  ['order_amount_mean', 'other', 'mean amount of an order', '平均订单金额'],
  ['spend_last_day', 'other', 'spend on the last purchase day', '最近购买日消费额'],
  ['spend_day_max_365', 'other', 'largest spend of one day in 365 days', '近365天单日最高消费额'],
  ['purchase_days_change_90', 'silence', 'change of purchase days over 90 days', '近90天购买天数变化'],
  ['spend_change_90', 'silence', 'change of spend over 90 days', '近90天消费额变化'],
  ['silence_days', 'silence', 'days since any sign of the customer', '无任何互动天数'],
  ['coupon_share_365', 'price', 'share of orders with a coupon', '使用优惠券的订单占比'],
  ...windows([30, 90], (d) => [`carts_abandoned_${d}`, 'price', `abandoned carts in ${d} days`, `近${d}天弃购次数`]),
];

const service: readonly Row[] = [
  ['cases_90', 'service-gap', 'service cases in 90 days', '近90天工单数'],
  ['cases_reopened_365', 'service-gap', 'reopened cases in 365 days', '近365天重开工单数'],
  ['cases_open', 'service-gap', 'open cases', '未结工单数'],
  ['case_open_days', 'service-gap', 'days the oldest open case has waited', '最早未结工单等待天数'],
  ['cases_unanswered', 'service-gap', 'unanswered cases', '未答复工单数'],
  ['cases_slow_90', 'service-gap', 'slowly answered cases in 90 days', '近90天答复迟缓工单数'],
  ['case_days_ago', 'service-gap', 'days since the last case', '距上次工单天数'],
  ...windows([90, 365], (d) => [`complaints_${d}`, 'experience', `complaints in ${d} days`, `近${d}天投诉数`]),
  ['complaints_open', 'experience', 'open complaints', '未结投诉数'],
  ['complaint_days_ago', 'experience', 'days since the last complaint', '距上次投诉天数'],
  ['csat_last', 'experience', 'last satisfaction score', '最近满意度评分'],
  ['csat_mean_365', 'experience', 'mean satisfaction score', '平均满意度评分'],
  ['csat_trend', 'experience', 'trend of the satisfaction score', '满意度评分变化'],
  ['csat_days_ago', 'other', 'days since the last satisfaction score', '距上次满意度评分天数'],
  ['nps_last', 'experience', 'last recommendation score', '最近推荐评分'],
  ['nps_mean_365', 'experience', 'mean recommendation score', '平均推荐评分'],
  ['nps_trend', 'experience', 'trend of the recommendation score', '推荐评分变化'],
  ['nps_days_ago', 'other', 'days since the last recommendation score', '距上次推荐评分天数'],
  ['low_scores_365', 'experience', 'low scores in 365 days', '近365天低分次数'],
  ['csat_spread_365', 'experience', 'spread of satisfaction scores', '满意度评分波动'],
  ['surveys_unanswered_365', 'feedback-gap', 'unanswered surveys in 365 days', '近365天未答问卷数'],
];

const contacts: readonly Row[] = [
  ['contacts_sent_90', 'no-personalisation', 'messages sent in 90 days', '近90天发送消息数'],
  ['contacts_opened_90', 'no-personalisation', 'messages opened in 90 days', '近90天打开消息数'],
  ['contacts_clicked_90', 'no-personalisation', 'clicks on messages in 90 days', '近90天消息点击数'],
  ['contacts_ignored', 'no-personalisation', 'messages ignored in a row', '连续忽略消息数'],
  ['participations_90', 'no-personalisation', 'campaigns and offers taken up in 90 days', '近90天参与活动次数'],
  ['campaign_answers_change_90', 'no-personalisation', 'change of answers to campaigns', '活动响应变化'],
  ['offers_rejected_90', 'no-personalisation', 'rejected offers in 90 days', '近90天拒绝优惠次数'],
  ['unsubscribes_365', 'no-personalisation', 'consents withdrawn in 365 days', '近365天退订次数'],
  ['contacts_call_90', 'service-gap', 'calls of the customer in 90 days', '近90天来电次数'],
  ['contacts_chat_90', 'service-gap', 'chats of the customer in 90 days', '近90天在线咨询次数'],
  ['contacts_message_90', 'service-gap', 'messages of the customer in 90 days', '近90天来信次数'],
  ['contacts_store_90', 'service-gap', 'contacts in stores and on visits in 90 days', '近90天门店和拜访接触次数'],
  ['contacts_online_90', 'service-gap', 'contacts by web and app in 90 days', '近90天网站和应用接触次数'],
  ['contact_channels_365', 'service-gap', 'channels used in 365 days', '近365天使用渠道数'],
  ['personal_contact_days_ago', 'feedback-gap', 'days since the last personal contact', '距上次人工联系天数'],
  ['feedback_unanswered_90', 'feedback-gap', 'unanswered feedback in 90 days', '近90天未回应反馈数'],
  ['orders_delayed_90', 'delivery', 'delayed orders in 90 days', '近90天延误订单数'],
  ['order_delayed_days_ago', 'delivery', 'days since the last delay', '距上次延误天数'],
  ['need_changes_365', 'need-changed', 'changed needs in 365 days', '近365天需求变化次数'],
  ['price_remarks_365', 'price', 'remarks on the price in 365 days', '近365天价格异议次数'],
  ['competitor_mentions_365', 'competitor', 'mentions of a competitor in 365 days', '近365天提及竞品次数'],
];

const usage: readonly Row[] = [
  ...windows([30, 90], (d) => [`sessions_${d}`, 'silence', `sessions in ${d} days`, `近${d}天访问次数`]),
  ...windows([30, 90], (d) => [`logins_${d}`, 'silence', `log-ins in ${d} days`, `近${d}天登录次数`]),
  ...windows([30, 90], (d) => [
    `features_used_${d}`,
    'silence',
    `uses of features in ${d} days`,
    `近${d}天功能使用次数`,
  ]),
  ...windows([30, 90], (d) => [
    `product_views_${d}`,
    'silence',
    `views of products in ${d} days`,
    `近${d}天商品浏览次数`,
  ]),
  ['sessions_change_30', 'silence', 'change of sessions', '访问次数变化'],
  ['logins_change_30', 'silence', 'change of log-ins', '登录次数变化'],
  ['features_used_change_30', 'silence', 'change of uses of features', '功能使用变化'],
  ['usage_change_90', 'silence', 'change of usage', '使用量变化'],
  ['session_days_ago', 'silence', 'days since the last session', '距上次访问天数'],
  ['login_days_ago', 'silence', 'days since the last log-in', '距上次登录天数'],
  ['points_earned_90', 'other', 'points earned in 90 days', '近90天获得积分'],
  ['points_redeemed_90', 'other', 'points redeemed in 90 days', '近90天兑换积分'],
  ['points_balance', 'other', 'balance of points', '积分余额'],
  ['level_change_365', 'other', 'change of the member level', '会员等级变化'],
  ['coupons_redeemed_90', 'price', 'coupons redeemed in 90 days', '近90天使用优惠券数'],
  ['payments_failed_90', 'other', 'failed payments in 90 days', '近90天支付失败次数'],
  ['payment_failed_days_ago', 'other', 'days since the last failed payment', '距上次支付失败天数'],
  ['contract_days_to_end', 'other', 'days to the end of the contract', '距合同到期天数'],
  ['contract_renewals', 'other', 'renewals of contracts', '合同续签次数'],
  ['contracts_ended_365', 'need-changed', 'contracts ended in 365 days', '近365天终止合同数'],
  ['services_downgraded_365', 'need-changed', 'downgraded services in 365 days', '近365天服务降级次数'],
  ['services_cancelled_365', 'need-changed', 'cancelled services in 365 days', '近365天取消服务数'],
  ['milestones_overdue_365', 'delivery', 'overdue milestones in 365 days', '近365天逾期里程碑数'],
];

const closedForm: readonly Row[] = [
  ['btyd_expected_purchases', 'silence', 'purchase days to be expected', '预期购买天数'],
  ['btyd_alive', 'silence', 'chance that the customer is still there', '客户仍活跃的概率'],
  ['btyd_active', 'silence', 'chance of a purchase by rhythm', '按节奏再次购买的概率'],
  ['btyd_expected_spend', 'silence', 'spend to be expected', '预期消费额'],
];

const meanings: ReadonlyMap<string, FeatureMeaning> = new Map(
  [...purchases, ...service, ...contacts, ...usage, ...closedForm].map(([feature, code, en, zhCN]) => [
    feature,
    { code, en, zhCN },
  ]),
);

/** Meaning of a feature or closed-form input; a feature that is not known counts as `other`, by its own name. */
export function featureMeaning(feature: string): FeatureMeaning {
  return meanings.get(feature) ?? { code: 'other', en: feature, zhCN: feature };
}

/** Panels whose expressions return nothing in a demo of a minute, and the event they wait for. */
export const quietPanels: Readonly<Record<string, string>> = {
  'tidewatch-system-health: Alerts firing · 触发中的告警': 'nothing is wrong',
  'tidewatch-system-health: Longest catch-up · 最长追平时间': 'nothing waits, so nobody can say how long it will',
  'tidewatch-ingest-health: Rejected by reason · 拒绝原因': 'no client sends what must be rejected',
  'tidewatch-ingest-health: Write failures · 写入失败': 'nothing is away',
  'tidewatch-model-quality: Drift of the risk share · 高风险占比漂移': 'there is no day before',
  'tidewatch-service-quality: Clocks: how late · 时钟延迟': 'nothing is due within a minute',
  'tidewatch-retention: Uplift on churn · 流失增量': 'effects are measured after weeks',
  'tidewatch-retention: Uplift on repurchase · 复购增量': 'effects are measured after weeks',
  'tidewatch-retention: Arms not as drawn · 分组异常': 'shown once a playbook has measured tasks',
  'tidewatch-data-quality: Score by source · 数据源评分': 'sources are compared after minutes at the earliest',
  'tidewatch-data-quality: Below target · 低于目标': 'sources are compared after minutes at the earliest',
};

/** Ratios of KPIs are absent while nothing is there to divide by, and which have something depends on the demo's month. */
export function isKpi(place: string): boolean {
  return place.startsWith('tidewatch-business-kpis: ') || place.startsWith('tidewatch-customer-base: ');
}

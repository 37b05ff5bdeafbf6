import type { CellName } from '../../../services/core/kpis/cells.ts';

/** What cells hold, and what a KPI then is: worked out by hand, not by the formula. */
export interface KpiExample {
  readonly cells: Readonly<Partial<Record<CellName, number>>>;
  /** What stocks held when the period began. */
  readonly opening?: Readonly<Partial<Record<CellName, number>>>;
  readonly value: number;
  /** With 0 in every cell; null: no value, since something would be divided by 0. */
  readonly ofNothing: number | null;
}

/** One for every KPI that is counted. */
export const kpiExamples: Readonly<Record<string, KpiExample>> = {
  csat_share: { cells: { csat_satisfied: 3, csat_answers: 4 }, value: 0.75, ofNothing: null },
  csat_index: { cells: { csat_points: 350, csat_answers: 4 }, value: 87.5, ofNothing: null },
  survey_coverage: { cells: { survey_asked: 40, survey_entitled: 50 }, value: 0.8, ofNothing: null },
  // 60 % less 20 %
  nps: { cells: { nps_promoters: 6, nps_detractors: 2, nps_answers: 10 }, value: 40, ofNothing: null },
  retention: { cells: { retained: 30, retention_base: 50 }, value: 0.6, ofNothing: null },
  retention_cohort_6: { cells: { cohort6_retained: 8, cohort6_customers: 20 }, value: 0.4, ofNothing: null },
  retention_cohort_12: { cells: { cohort12_retained: 5, cohort12_customers: 20 }, value: 0.25, ofNothing: null },
  churn: { cells: { lapsed_entries: 5 }, opening: { customers: 100 }, value: 0.05, ofNothing: null },
  churn_of_buyers: { cells: { retained: 30, retention_base: 50 }, value: 0.4, ofNothing: null },
  churn_avoided: {
    cells: { holdout_churned: 4, holdout_tasks: 10, treated_churned: 12, treated_tasks: 40 },
    value: 0.1,
    ofNothing: null,
  },
  repurchase: { cells: { repeat_buyers: 30, buyers: 100 }, value: 0.3, ofNothing: null },
  clv: { cells: { clv_minor: 493824, clv_customers: 4 }, value: 123456, ofNothing: null },
  cac: { cells: { spend_acquisition_minor: 300000, new_customers: 40 }, value: 7500, ofNothing: null },
  conversion_potential: {
    cells: { potential_conversions: 10, potential_entries: 20 },
    opening: { potential_customers: 60 },
    value: 0.125,
    ofNothing: null,
  },
  conversion_offer: { cells: { offers_accepted: 10, offers_shown: 50 }, value: 0.2, ofNothing: null },
  conversion_first_contact: { cells: { leads_won: 3, leads: 8 }, value: 0.375, ofNothing: null },
  new_customer_rate: { cells: { new_customers: 12 }, opening: { customers: 100 }, value: 0.12, ofNothing: null },
  customer_growth: { cells: { customers: 98 }, opening: { customers: 100 }, value: -0.02, ofNothing: null },
  first_response_time: { cells: { case_answer_ms: 28800000, cases_answered: 4 }, value: 7200000, ofNothing: null },
  first_response_in_time: { cells: { cases_answered_in_time: 19, cases_answer_due: 20 }, value: 0.95, ofNothing: null },
  handling_time: { cells: { case_handling_ms: 172800000, cases_handled: 2 }, value: 86400000, ofNothing: null },
  handling_in_time: { cells: { cases_handled_in_time: 9, cases_handle_due: 10 }, value: 0.9, ofNothing: null },
  resolution_time: { cells: { case_resolution_ms: 4500, cases_resolved: 3 }, value: 1500, ofNothing: null },
  resolution_rate: { cells: { cases_resolved_in_time: 7, cases_resolve_due: 8 }, value: 0.875, ofNothing: null },
  reopen_rate: { cells: { cases_reopened: 1, cases_resolved: 20 }, value: 0.05, ofNothing: null },
  complaint_timeliness: { cells: { complaints_answered_in_time: 5, complaints_due: 5 }, value: 1, ofNothing: null },
  complaint_rate: { cells: { complaints_opened: 4, active_customers: 200 }, value: 0.02, ofNothing: null },
  complaints_per_order: { cells: { complaints_opened: 5, orders: 500 }, value: 0.01, ofNothing: null },
  cases_per_order: { cells: { cases_opened: 50, orders: 200 }, value: 0.25, ofNothing: null },
  cross_sell_conversion: { cells: { cross_sell_accepted: 4, cross_sell_shown: 25 }, value: 0.16, ofNothing: null },
  cross_sell_sales: { cells: { cross_sell_minor: 12345 }, value: 12345, ofNothing: 0 },
  value_added_sales: { cells: { value_added_minor: 9900 }, value: 9900, ofNothing: 0 },
  campaign_conversion: { cells: { campaign_converted: 15, campaign_reached: 100 }, value: 0.15, ofNothing: null },
  // 4 treated bought for 100,000, 2 held out for 30,000 (60,000 for 4): 40,000 gained at a cost of 16,000
  return_on_spend: {
    cells: {
      treated_revenue_minor: 100000,
      holdout_revenue_minor: 30000,
      treated_tasks: 4,
      holdout_tasks: 2,
      treated_cost_minor: 16000,
    },
    value: 1.5,
    ofNothing: null,
  },
  active_value: { cells: { revenue_minor: 600000, active_customers: 40 }, value: 15000, ofNothing: null },
  average_order_value: { cells: { order_minor: 21000, orders: 5 }, value: 4200, ofNothing: null },
  activity: { cells: { active_days: 100, active_customers: 40 }, value: 2.5, ofNothing: null },
  participation: {
    cells: { active_customers: 40, customers: 80, potential_customers: 20 },
    value: 0.4,
    ofNothing: null,
  },
  relationship_length: { cells: { relation_days: 2922, relation_customers: 4 }, value: 2, ofNothing: null },
  winback: { cells: { winback_returned: 5, winback_contacted: 20 }, value: 0.25, ofNothing: null },
  winback_uplift: {
    cells: { winback_returned: 5, winback_contacted: 20, winback_holdout_returned: 1, winback_holdout: 10 },
    value: 0.15,
    ofNothing: null,
  },
  lapsed_returns: { cells: { lapsed_returns: 6, lapsed_entries: 12 }, value: 0.5, ofNothing: null },
  renewal: { cells: { contracts_renewed: 8, contracts_due: 10 }, value: 0.8, ofNothing: null },
  online_share: { cells: { online_buyers: 5, buyers: 8 }, value: 0.625, ofNothing: null },
  csat_online: { cells: { csat_online_satisfied: 2, csat_online_answers: 4 }, value: 0.5, ofNothing: null },
  personalisation: { cells: { contacts_personal: 30, contacts_sent: 100 }, value: 0.3, ofNothing: null },
  social_response: { cells: { mentions_answered: 6, mentions: 8 }, value: 0.75, ofNothing: null },
  communication_efficiency: { cells: { campaign_converted: 5, contacts_sent: 100 }, value: 0.05, ofNothing: null },
  ces: { cells: { ces_points: 165, ces_answers: 2 }, value: 82.5, ofNothing: null },
  brand_trust: { cells: { trust_points: 300, trust_answers: 4 }, value: 75, ofNothing: null },
  tasks_in_time: { cells: { tasks_in_time: 18, tasks_due: 20 }, value: 0.9, ofNothing: null },
  task_response_time: { cells: { task_response_ms: 10800000, tasks_responded: 3 }, value: 3600000, ofNothing: null },
  task_completion: { cells: { tasks_resolved: 10, tasks_opened: 8 }, value: 1.25, ofNothing: null },
  task_success: { cells: { tasks_saved: 4, tasks_resolved: 10 }, value: 0.4, ofNothing: null },
  order_processing_time: {
    cells: { order_processing_ms: 259200000, orders_fulfilled: 2 },
    value: 129600000,
    ofNothing: null,
  },
  // first handled after 2 h on the mean, solved after 8 h
  waiting_share: {
    cells: { case_handling_ms: 14400000, cases_handled: 2, case_resolution_ms: 28800000, cases_resolved: 1 },
    value: 0.25,
    ofNothing: null,
  },
  system_use: { cells: { active_staff: 7 }, value: 7, ofNothing: 0 },
  functions_used: { cells: { functions_used: 14, active_staff: 4 }, value: 3.5, ofNothing: null },
  cost_per_retained: {
    cells: { spend_retention_minor: 30000, spend_people_minor: 50000, spend_system_minor: 20000, retained: 50 },
    value: 2000,
    ofNothing: null,
  },
  return_on_resources: {
    cells: { revenue_minor: 400000, spend_people_minor: 80000, spend_system_minor: 20000 },
    value: 4,
    ofNothing: null,
  },
  upkeep_ratio: { cells: { spend_upkeep_minor: 12000, operating_cost_minor: 100000 }, value: 0.12, ofNothing: null },
  // 50,000 less 7,500 to win one less 500 to keep one
  customer_profit: {
    cells: {
      clv_minor: 200000,
      clv_customers: 4,
      spend_acquisition_minor: 300000,
      new_customers: 40,
      spend_upkeep_minor: 50000,
      customers: 100,
    },
    value: 42000,
    ofNothing: null,
  },
  market_share: { cells: { typed_market_share: 31000 }, value: 0.031, ofNothing: 0 },
  crm_maturity: { cells: { typed_crm_maturity: 72300000 }, value: 72.3, ofNothing: 0 },
};

/*
 * The cells that facts are counted into: whole numbers, added up over customers. KPIs are made of nothing else.
 *
 * - `event`: counted on the business day it happened; weeks, months and longer periods are sums of days
 * - `customer`: what a customer was or did within a whole period of months (a buyer of the quarter is one buyer, however
 *   many months they bought in), so each kind of period has its own count
 * - `stock`: what holds at an end of a period; kept as changes per month and summed from the beginning
 */
export type CellKind = 'event' | 'customer' | 'stock';

export interface Cell {
  readonly kind: CellKind;
  readonly unit: 'count' | 'money' | 'milliseconds' | 'days' | 'points' | 'millionths';
  /** One sentence for the help text of the metric. */
  readonly means: string;
  /** Event cells whose days have their slices too, and so their weeks; the slices of the others begin with months. */
  readonly slicedByDay?: true;
}

const event = (means: string, unit: Cell['unit'] = 'count'): Cell => ({ kind: 'event', unit, means });
const flow = (means: string): Cell => ({ kind: 'event', unit: 'count', means, slicedByDay: true });
const customer = (means: string, unit: Cell['unit'] = 'count'): Cell => ({ kind: 'customer', unit, means });
const stock = (means: string, unit: Cell['unit'] = 'count'): Cell => ({ kind: 'stock', unit, means });

export const cells = {
  // voice of customer
  csat_answers: event('Answers to satisfaction surveys.'),
  csat_satisfied: event('Answers of 4 or 5 on a scale of 1 to 5.'),
  csat_points: event('Answers to satisfaction surveys in points of 0 to 100, added up.', 'points'),
  csat_online_answers: event('Answers to satisfaction surveys about online channels.'),
  csat_online_satisfied: event('Answers of 4 or 5 about online channels.'),
  nps_answers: event('Answers to the question whether one would recommend us.'),
  nps_promoters: event('Answers of 9 or 10 of 10.'),
  nps_detractors: event('Answers of 0 to 6 of 10.'),
  ces_answers: event('Answers to customer effort surveys.'),
  ces_points: event('Answers to customer effort surveys in points of 0 to 100, added up.', 'points'),
  trust_answers: event('Answers about trust in the brand.'),
  trust_points: event('Answers about trust in the brand in points of 0 to 100, added up.', 'points'),
  survey_asked: customer('Customers who were asked anything.'),
  survey_entitled: customer('Customers with a fulfilled order or a case that was followed up.'),
  // purchases
  orders: event('Orders placed, retracted ones left out.'),
  order_minor: event('Money of the orders placed.', 'money'),
  revenue_minor: event('Money of orders, less cancelled and returned ones on their own day.', 'money'),
  value_added_minor: event('Money of services subscribed and upgraded, without steps down.', 'money'),
  orders_fulfilled: event('Orders fulfilled whose placing is known.'),
  order_processing_ms: event('Time from placing to fulfilment, added up.', 'milliseconds'),
  buyers: customer('Customers with an order.'),
  repeat_buyers: customer('Customers with two orders or more.'),
  online_buyers: customer('Customers with an order through an online channel.'),
  new_customers: customer('Customers whose first order this was.'),
  active_customers: customer('Customers who did anything themselves.'),
  active_days: customer('Days on which a customer did anything, added up.', 'days'),
  retention_base: customer(
    'Customers with an order in the window before; the window is the period, three months at least.',
  ),
  retained: customer('Those of them with an order in the window.'),
  cohort6_customers: customer('Customers whose first order was six months before.'),
  cohort6_retained: customer('Those of them with an order in the window that ends with the period.'),
  cohort12_customers: customer('Customers whose first order was twelve months before.'),
  cohort12_retained: customer('Those of them with an order in the window that ends with the period.'),
  // the base of customers
  customers: stock('Customers with an order who are not lapsed.'),
  lapsed_entries: event('Customers who became lapsed.'),
  lapsed_returns: event('Lapsed customers who came back.'),
  stage_entries: flow('Customers who came into a stage, from another one or as new.'),
  stage_exits: flow('Customers who left a stage for another one.'),
  potential_customers: stock('Known people without an order.'),
  potential_entries: event('People who became known before any order.'),
  potential_conversions: event('Known people without an order who placed their first.'),
  clv_customers: stock('Customers whose lifetime value is predicted.'),
  clv_minor: stock('Predicted lifetime value, added up.', 'money'),
  relation_customers: stock('Customers with an order, ever.'),
  relation_days: stock('Days from the first to the latest order, added up.', 'days'),
  // offers, campaigns, contacts
  offers_shown: event('Offers shown.'),
  offers_accepted: event('Offers accepted.'),
  cross_sell_shown: event('Cross-sell offers shown.'),
  cross_sell_accepted: event('Cross-sell offers accepted.'),
  cross_sell_minor: event('Money of orders within 30 days after a cross-sell offer was accepted.', 'money'),
  campaign_reached: event('Customers whom a campaign reached, once for each campaign, on the day it first did.'),
  campaign_converted: event('Those with an order within 30 days from that day on.'),
  contacts_sent: event('Contacts with customers, sent or made.'),
  contacts_personal: event('Those made by a person or made out for this customer.'),
  mentions: event('Mentions of us in social media.'),
  mentions_answered: event('Those answered in social media within three days.'),
  // sales
  leads: customer('Customers with a captured lead.'),
  leads_won: customer('Those with an opportunity, a contract or an order in the same period.'),
  contracts_due: event('Contracts that ended.'),
  contracts_renewed: event('Those with a contract signed from 90 days before to 90 days after.'),
  // service
  cases_opened: event('Cases opened.'),
  complaints_opened: event('Complaints opened.'),
  cases_answered: event('Cases with a first answer of a person.'),
  case_answer_ms: event('Time until the first answer, pauses left out, added up.', 'milliseconds'),
  cases_answer_due: event('Cases whose first answer was given or overdue, by the day of whichever came first.'),
  cases_answered_in_time: event('Those answered in time.'),
  cases_handled: event('Cases handled for the first time.'),
  case_handling_ms: event('Time until the first handling, pauses left out, added up.', 'milliseconds'),
  cases_handle_due: event('Cases handled or overdue, by the day of whichever came first.'),
  cases_handled_in_time: event('Those handled in time.'),
  cases_resolved: event('Cases solved, by the day of the latest solution.'),
  case_resolution_ms: event('Time until the solution, pauses left out, added up.', 'milliseconds'),
  cases_resolve_due: event('Cases solved or overdue, by the day of whichever came first.'),
  cases_resolved_in_time: event('Those solved in time.'),
  cases_reopened: event('Cases opened again, once for each case.'),
  complaints_due: event('Complaints answered or overdue, by the day of whichever came first.'),
  complaints_answered_in_time: event('Those answered in time.'),
  // retention tasks
  tasks_opened: event('Tasks opened for customers who may be treated.'),
  tasks_due: event('Tasks answered, ended or overdue, by the day of whichever came first.'),
  tasks_in_time: event('Those answered in time.'),
  tasks_responded: event('Tasks answered.'),
  task_response_ms: event('Time from the opening of a task to its answer, added up.', 'milliseconds'),
  tasks_resolved: event('Tasks resolved.'),
  tasks_saved: event('Tasks that ended with the customer retained, or buying.'),
  winback_contacted: event('Measured tasks of win-back playbooks whose customer was contacted.'),
  winback_returned: event('Those whose customer bought within the window.'),
  winback_holdout: event('Measured tasks of win-back playbooks in the hold-out group.'),
  winback_holdout_returned: event('Those whose customer bought within the window.'),
  treated_tasks: event('Measured tasks of treated customers.'),
  treated_churned: event('Those whose customer did not buy within the window.'),
  treated_revenue_minor: event('What their customers bought within the window.', 'money'),
  treated_cost_minor: event('What treating them cost.', 'money'),
  holdout_tasks: event('Measured tasks of the hold-out group.'),
  holdout_churned: event('Those whose customer did not buy within the window.'),
  holdout_revenue_minor: event('What their customers bought within the window.', 'money'),
  // staff and money
  active_staff: customer('People of the staff who used the system.'),
  functions_used: customer('Functions of the system used, once for each person.'),
  spend_acquisition_minor: event('Cost of acquiring customers.', 'money'),
  spend_retention_minor: event('Cost of keeping customers.', 'money'),
  spend_upkeep_minor: event('Cost of keeping up relations.', 'money'),
  spend_people_minor: event('Cost of people who look after customers.', 'money'),
  spend_system_minor: event('Cost of systems.', 'money'),
  operating_cost_minor: event('Operating cost of the whole business.', 'money'),
  // typed in
  typed_market_share: event('Share of the market, typed in.', 'millionths'),
  typed_crm_maturity: event('Maturity index, typed in.', 'millionths'),
} as const satisfies Record<string, Cell>;

export type CellName = keyof typeof cells;

export function isSlicedByDay(name: CellName): boolean {
  const cell: Cell = cells[name];
  return cell.slicedByDay === true;
}

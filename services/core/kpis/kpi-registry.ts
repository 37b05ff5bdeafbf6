import { activeValue } from './definitions/active-value.ts';
import { activity } from './definitions/activity.ts';
import { averageOrderValue } from './definitions/average-order-value.ts';
import { brandTrust } from './definitions/brand-trust.ts';
import { cac } from './definitions/cac.ts';
import { campaignConversion } from './definitions/campaign-conversion.ts';
import { casesPerOrder } from './definitions/cases-per-order.ts';
import { ces } from './definitions/ces.ts';
import { churn } from './definitions/churn.ts';
import { churnAvoided } from './definitions/churn-avoided.ts';
import { churnOfBuyers } from './definitions/churn-of-buyers.ts';
import { clv } from './definitions/clv.ts';
import { communicationEfficiency } from './definitions/communication-efficiency.ts';
import { complaintRate } from './definitions/complaint-rate.ts';
import { complaintTimeliness } from './definitions/complaint-timeliness.ts';
import { complaintsPerOrder } from './definitions/complaints-per-order.ts';
import { conversionFirstContact } from './definitions/conversion-first-contact.ts';
import { conversionOffer } from './definitions/conversion-offer.ts';
import { conversionPotential } from './definitions/conversion-potential.ts';
import { costPerRetained } from './definitions/cost-per-retained.ts';
import { crmMaturity } from './definitions/crm-maturity.ts';
import { crossSellConversion } from './definitions/cross-sell-conversion.ts';
import { crossSellSales } from './definitions/cross-sell-sales.ts';
import { csatIndex } from './definitions/csat-index.ts';
import { csatOnline } from './definitions/csat-online.ts';
import { csatShare } from './definitions/csat-share.ts';
import { customerGrowth } from './definitions/customer-growth.ts';
import { customerProfit } from './definitions/customer-profit.ts';
import { firstResponseInTime } from './definitions/first-response-in-time.ts';
import { firstResponseTime } from './definitions/first-response-time.ts';
import { functionsUsed } from './definitions/functions-used.ts';
import { handlingInTime } from './definitions/handling-in-time.ts';
import { handlingTime } from './definitions/handling-time.ts';
import { lapsedReturns } from './definitions/lapsed-returns.ts';
import { marketShare } from './definitions/market-share.ts';
import { newCustomerRate } from './definitions/new-customer-rate.ts';
import { nps } from './definitions/nps.ts';
import { onlineShare } from './definitions/online-share.ts';
import { orderProcessingTime } from './definitions/order-processing-time.ts';
import { participation } from './definitions/participation.ts';
import { personalisation } from './definitions/personalisation.ts';
import { relationshipLength } from './definitions/relationship-length.ts';
import { renewal } from './definitions/renewal.ts';
import { reopenRate } from './definitions/reopen-rate.ts';
import { repurchase } from './definitions/repurchase.ts';
import { resolutionRate } from './definitions/resolution-rate.ts';
import { resolutionTime } from './definitions/resolution-time.ts';
import { retention } from './definitions/retention.ts';
import { retentionCohort12 } from './definitions/retention-cohort-12.ts';
import { retentionCohort6 } from './definitions/retention-cohort-6.ts';
import { returnOnResources } from './definitions/return-on-resources.ts';
import { returnOnSpend } from './definitions/return-on-spend.ts';
import { socialResponse } from './definitions/social-response.ts';
import { surveyCoverage } from './definitions/survey-coverage.ts';
import { systemUse } from './definitions/system-use.ts';
import { taskCompletion } from './definitions/task-completion.ts';
import { taskResponseTime } from './definitions/task-response-time.ts';
import { taskSuccess } from './definitions/task-success.ts';
import { tasksInTime } from './definitions/tasks-in-time.ts';
import { upkeepRatio } from './definitions/upkeep-ratio.ts';
import { valueAddedSales } from './definitions/value-added-sales.ts';
import { waitingShare } from './definitions/waiting-share.ts';
import { winback } from './definitions/winback.ts';
import { winbackUplift } from './definitions/winback-uplift.ts';
import type { KpiDefinition } from './kpi-definition.ts';

/** Every KPI that is counted from facts, in the order of the handbooks. */
export const kpiRegistry: readonly KpiDefinition[] = [
  csatShare,
  csatIndex,
  surveyCoverage,
  nps,
  retention,
  retentionCohort6,
  retentionCohort12,
  churn,
  churnOfBuyers,
  churnAvoided,
  repurchase,
  clv,
  cac,
  conversionPotential,
  conversionOffer,
  conversionFirstContact,
  newCustomerRate,
  customerGrowth,
  firstResponseTime,
  firstResponseInTime,
  handlingTime,
  handlingInTime,
  resolutionTime,
  resolutionRate,
  reopenRate,
  complaintTimeliness,
  complaintRate,
  complaintsPerOrder,
  casesPerOrder,
  crossSellConversion,
  crossSellSales,
  valueAddedSales,
  campaignConversion,
  returnOnSpend,
  activeValue,
  averageOrderValue,
  activity,
  participation,
  relationshipLength,
  winback,
  winbackUplift,
  lapsedReturns,
  renewal,
  onlineShare,
  csatOnline,
  personalisation,
  socialResponse,
  communicationEfficiency,
  ces,
  brandTrust,
  tasksInTime,
  taskResponseTime,
  taskCompletion,
  taskSuccess,
  orderProcessingTime,
  waitingShare,
  systemUse,
  functionsUsed,
  costPerRetained,
  returnOnResources,
  upkeepRatio,
  customerProfit,
  marketShare,
  crmMaturity,
];

import type { EpochMs } from '../services/core/units.ts';
import type { DemoSource } from './customer.ts';

interface LifeEventBase {
  /** Grows with the life of one customer; part of the message id. */
  readonly number: number;
  readonly customerId: string;
  readonly source: DemoSource;
  readonly at: EpochMs;
}

export interface Joined extends LifeEventBase {
  readonly what: 'joined';
}

export interface PageViewed extends LifeEventBase {
  readonly what: 'page-viewed';
  readonly page: string;
}

export interface OrderPlaced extends LifeEventBase {
  readonly what: 'order-placed';
  readonly orderId: string;
  /** Pence; never a fraction. */
  readonly totalMinor: number;
  readonly units: number;
}

export interface OrderCancelled extends LifeEventBase {
  readonly what: 'order-cancelled';
  readonly orderId: string;
  /** Pence, positive. */
  readonly totalMinor: number;
}

export interface CaseOpened extends LifeEventBase {
  readonly what: 'case-opened';
  readonly subject: string;
}

export interface SurveyAnswered extends LifeEventBase {
  readonly what: 'survey-answered';
  /** 0 to 10. */
  readonly score: number;
}

/** Something that happens in the life of a customer and that the business gets to know. */
export type LifeEvent = Joined | PageViewed | OrderPlaced | OrderCancelled | CaseOpened | SurveyAnswered;

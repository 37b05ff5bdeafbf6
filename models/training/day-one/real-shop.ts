import type { Order } from '../order.ts';

/** The orders of a shop that really was, with what the licence asks to be said of them. */
export interface RealShop {
  readonly source: string;
  readonly orders: readonly Order[];
  readonly minorPerMajor: number;
}

import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../services/core/plan/compile-plan.ts';
import type { PlanDocument, PlanScope } from '../../../../services/core/plan/plan-document.ts';

const scope: PlanScope = { events: {}, amount: [], currency: [], properties: {} };
const document = (changes: Partial<PlanDocument>): PlanDocument => ({
  ...scope,
  version: '1',
  sources: {},
  ...changes,
});
const names = (...list: string[]) => ({ names: list, amount: [], properties: {} });

describe('compilePlan', () => {
  it('knows the vocabulary itself, in any case and with any separators', () => {
    const plan = compilePlan('v', [document({})]).forSource('t', 's');
    for (const name of ['order.placed', 'Order Placed', 'ORDER_PLACED', 'orderPlaced', 'com.acme.order.placed']) {
      expect(plan.meaningOf(name)).toEqual({ type: 'order.placed', name: null, isMapped: true });
    }
  });

  it.each(['Button Clicked', '', '…', '__proto__', 'constructor', 'x'.repeat(1000)])('keeps %s as custom', (name) => {
    const plan = compilePlan('v', [document({})]).forSource('t', 's');
    expect(plan.meaningOf(name)).toEqual({ type: 'custom', name, isMapped: false });
  });

  it('asks the source first, then its tenant, then the business, then the default', () => {
    const own = document({
      events: { 'order.placed': names('A', 'B', 'C') },
      sources: {
        'acme/*': { ...scope, events: { 'order.returned': names('A', 'B') } },
        'acme/pos': { ...scope, events: { 'order.cancelled': names('A') } },
      },
    });
    const base = document({ events: { 'payment.made': names('A', 'B', 'C', 'D') } });
    const plan = compilePlan('v', [own, base]);
    const types = (tenant: string, source: string) =>
      ['A', 'B', 'C', 'D'].map((name) => plan.forSource(tenant, source).meaningOf(name).type);
    expect(types('acme', 'pos')).toEqual(['order.cancelled', 'order.returned', 'order.placed', 'payment.made']);
    expect(types('acme', 'web')).toEqual(['order.returned', 'order.returned', 'order.placed', 'payment.made']);
    expect(types('other', 'pos')).toEqual(['order.placed', 'order.placed', 'order.placed', 'payment.made']);
  });

  it('lets a business call a name custom on purpose, and over the vocabulary', () => {
    const own = document({ events: { custom: names('Noise', 'login') } });
    const plan = compilePlan('v', [own]).forSource('t', 's');
    expect(plan.meaningOf('noise')).toEqual({ type: 'custom', name: 'noise', isMapped: true });
    expect(plan.meaningOf('Login')).toMatchObject({ type: 'custom', isMapped: true });
  });
});

describe('the properties of an event under a plan', () => {
  const plan = compilePlan('v', [
    document({
      amount: ['revenue'],
      currency: ['currency', 'cur.code'],
      properties: { orderId: ['order_id', 'order.number'], coupon: ['voucher'] },
      events: {
        'order.placed': { names: [], amount: ['total', 'price.amount'], properties: { orderId: ['number'] } },
        'survey.answered': { names: [], amount: [], properties: { surveyScore: ['value'] } },
      },
    }),
  ]).forSource('t', 's');
  const properties = (said: object, type: 'order.placed' | 'survey.answered' = 'order.placed') =>
    plan.arrange(type, { ...said }).properties;

  it.each([
    ['another spelling', { ORDER_ID: 1 }, { orderId: 1 }],
    ['a nested place', { order: { number: 1, x: 2 } }, { order: { x: 2 }, orderId: 1 }],
    ['a nested place that is left empty', { order: { Number: 1 } }, { orderId: 1 }],
    ['the words of the event type first', { order_id: 1, number: 2 }, { order_id: 1, orderId: 2 }],
    ['its own name before all others', { number: 2, orderId: 1 }, { number: 2, orderId: 1 }],
    ['one that says something before one that is null', { orderId: null, order_id: 1 }, { orderId: 1 }],
    ['what it does not know', { note: 'x', order: 'y' }, { note: 'x', order: 'y' }],
    ['a prototype as a name', JSON.parse('{"__proto__":1,"voucher":2}'), JSON.parse('{"__proto__":1,"coupon":2}')],
  ])('reads %s', (_what, said: object, expected) => {
    expect(properties(said)).toEqual(expected);
  });

  it('takes the money out, by the order of the plan', () => {
    const said = { revenue: 1, total: 2, price: { amount: 3 }, cur: { code: 'EUR' } };
    expect(plan.arrange('order.placed', said)).toEqual({
      properties: { revenue: 1, price: { amount: 3 } },
      amount: expect.objectContaining({ path: ['total'], value: 2 }),
      currency: expect.objectContaining({ path: ['cur', 'code'], value: 'EUR' }),
    });
    expect(plan.arrange('order.placed', { total: null, price: { amount: 3 } }).amount).toMatchObject({ value: 3 });
  });

  it('leaves a currency without an amount, and what is no money in this event', () => {
    expect(plan.arrange('survey.answered', { value: 9, total: 1, currency: 'EUR' })).toEqual({
      properties: { total: 1, currency: 'EUR', surveyScore: 9 },
      amount: null,
      currency: expect.objectContaining({ value: 'EUR' }),
    });
  });

  it('never changes what it was given', () => {
    const said = Object.freeze({ order: Object.freeze({ number: 1 }), total: 2 });
    expect(() => plan.arrange('order.placed', said)).not.toThrow();
  });
});

import { describe, expect, it } from 'vitest';
import { nameCandidates } from '../../../../services/core/plan/name-candidates.ts';

describe('nameCandidates', () => {
  it.each([
    ['Order Completed', []],
    ['order.placed', []],
    ['iglu:com.acme/order_completed/jsonschema/1-0-0', ['com.acme/order_completed', 'order_completed']],
    ['iglu:com.acme/refund/jsonschema', ['com.acme/refund', 'refund']],
    ['com.acme.order', ['acme.order', 'order']],
    ['com.acme.order.placed', ['acme.order.placed', 'order.placed']],
    ['com.acme.shop.order.placed.v1', ['acme.shop.order.placed', 'shop.order.placed', 'order.placed']],
    ['com.acme.shop.OrderPlaced', ['acme.shop.OrderPlaced', 'shop.OrderPlaced', 'OrderPlaced']],
    ['com.acme.refund.order', ['acme.refund.order', 'refund.order']],
    ['com.acme.v2', ['acme.v2', 'v2']],
  ])('reads %s by its last words', (name, others) => {
    expect(nameCandidates(name)).toEqual([name, ...others]);
  });
});

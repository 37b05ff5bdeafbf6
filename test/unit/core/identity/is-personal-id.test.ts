import { describe, expect, it } from 'vitest';
import { isPersonalId } from '../../../../services/core/identity/is-personal-id.ts';

describe('an id', () => {
  it.each([
    'ann@example.com', 'Ann Lee <ann@example.com>', 'mailto:ann@example.com', 'ann@intranet', '+44 20 7946 0958',
    '+8613800138000', '13800138000', '0044 20 7946 0958', '020 7946 0958', '07700900123', '(555) 123-4567',
    '555-123-4567', 'tel:+15551234567', ' +44 7700 900123 ',
  ])('%s is personal', (id) => {
    expect(isPersonalId(id)).toBe(true);
  }); // prettier-ignore

  it.each([
    '42', '13085', '7306284761234', 'user-42', '@ann', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '1234-5678-9012',
    '2024-05-01', '0000012345', 'cus_Nff4z1', 'A0123456789',
  ])('%s is a customer number, not personal', (id) => {
    expect(isPersonalId(id)).toBe(false);
  }); // prettier-ignore
});

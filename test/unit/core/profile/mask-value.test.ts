import { describe, expect, it } from 'vitest';
import { maskValue } from '../../../../services/core/profile/mask-value.ts';

describe('a masked value', () => {
  it.each([
    ['ann@example.org', 'a***@e***.org'],
    ['ann@mail.example.co.uk', 'a***@m***.uk'],
    ['+44 20 7946 0958', '***58'],
    ['1990-05-01', '***01'],
    ['Ann', 'A***'],
    ['Jo', '***'],
    ['', '***'],
    ['张伟', '***'],
    ['欧阳修', '欧***'],
    ['😀😀😀', '😀***'],
    ['\u202Eann@example.org', '***@e***.org'],
    ['\u202Etxt.exe', '***'],
    ['\u0000\u001B[2J', '***'],
    ['\uD800abc', '***'],
    ['{"street":"High Street 1"}', '{***'],
  ])('of %s is %s', (text, masked) => {
    expect(maskValue(text)).toBe(masked);
  });
});

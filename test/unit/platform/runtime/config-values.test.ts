import { describe, expect, it } from 'vitest';
import { integerSetting, switchSetting, urlSetting } from '../../../../services/platform/runtime/config-values.ts';

describe('integerSetting', () => {
  it.each(['1', '10', '010'])('takes %s', (text) => {
    expect(integerSetting(1, 10).parse(text)).toBe(Number(text));
  });

  it.each(['0', '11', '1.5', '-1', '1e1', '0x5', ' 5', 'five', '', '99999999999999999999'])('refuses "%s"', (text) => {
    expect(integerSetting(1, 10).safeParse(text).success).toBe(false);
  });
});

describe('switchSetting', () => {
  it.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    [undefined, false],
  ])('reads %s as %s', (text, value) => {
    expect(switchSetting().parse(text)).toBe(value);
  });

  it('refuses anything else', () => {
    expect(switchSetting().safeParse('yes').success).toBe(false);
  });
});

describe('urlSetting', () => {
  it.each(['redis://h', 'redis://u:p@h:1/2', 'rediss://h:1'])('takes %s', (text) => {
    expect(urlSetting(['redis', 'rediss']).parse(text)).toBe(text);
  });

  it.each(['h:6379', 'http://h', 'redis://', 'redis:h', ''])('refuses "%s"', (text) => {
    expect(urlSetting(['redis', 'rediss']).safeParse(text).success).toBe(false);
  });
});

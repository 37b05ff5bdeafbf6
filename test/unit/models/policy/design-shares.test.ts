import { describe, expect, it } from 'vitest';
import { parseDesign } from '../../../../models/policy/design-shares.ts';

describe('the design of an experiment', () => {
  it('is read as fractions and decimals', () => {
    expect([...parseDesign('Mens E-Mail=1/3, a=b=0.5,None=1/6')]).toEqual([
      ['Mens E-Mail', 1 / 3],
      ['a=b', 0.5],
      ['None', 1 / 6],
    ]);
  });

  it.each([
    ['a', /write ARM=SHARE/],
    ['a=0,b=1', /share above 0/],
    ['a=1/0', /share above 0/],
    ['a=-1,b=2', /share above 0/],
    ['a=.5,b=.5', /share above 0/],
    ['a=0.5,a=0.5', /twice/],
    ['a=0.5,b=0.4', /adds up to 0\.9/],
    ['', /adds up to 0/],
  ])('%j is refused', (text, sentence) => {
    expect(() => parseDesign(text)).toThrow(sentence);
  });
});

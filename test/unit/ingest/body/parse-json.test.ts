import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../services/ingest/body/parse-json.ts';

describe('parseJson', () => {
  it('gives the value of a valid text', () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  });

  it('names line and column of the fault and shows nothing of the body', () => {
    const parse = () => parseJson('{\n  "email": jane@example.com\n}');
    expect(parse).toThrow(expect.objectContaining({ code: 'ERR_JSON_INVALID', retryable: false }));
    expect(parse).toThrow(/line 2, column 12/);
    expect(parse).not.toThrow(/jane/);
  });

  it.each([
    ['an empty body', '', /it is empty/],
    ['a body cut off', '{"batch":[{"a":', /ends too early/],
  ])('says so of %s', (_what, text, said) => {
    expect(() => parseJson(text)).toThrow(said);
  });
});

import { describe, expect, it } from 'vitest';
import { findElements } from '../../../../services/ingest/body/find-elements.ts';

function cut(text: string, member: string | null): string[] {
  return findElements(text, member).map(({ start, end }) => text.slice(start, end));
}

describe('findElements', () => {
  it('cuts out the elements of the wanted member as they were sent', () => {
    const text = '{"other":[0],"batch" : [ {"a": 1.50} , "x",\n[1,[2]], 7 ],"sentAt":"…"}';
    expect(cut(text, 'batch')).toEqual(['{"a": 1.50}', '"x"', '[1,[2]]', '7']);
  });

  it('cuts out the elements of a text that is a list', () => {
    expect(cut(' [ null,{"]":"[\\\\"} ,"\\"," ]', null)).toEqual(['null', '{"]":"[\\\\"}', '"\\","']);
    expect(cut('[ ]', null)).toEqual([]);
    expect(cut('{"a":[1]}', null)).toEqual([]);
  });

  it('takes the last of two members with one name, as JSON.parse does', () => {
    expect(cut('{"batch":[1,2],"b\\u0061tch":[3]}', 'batch')).toEqual(['3']);
    expect(cut('{"batch":[1,2],"batch":3,"x":true}', 'batch')).toEqual([]);
  });

  it('does not take a member of the same name deeper inside', () => {
    expect(cut('{"x":{"batch":[1]},"y":[["batch",[2]]]}', 'batch')).toEqual([]);
  });

  it('needs no stack for deep nesting', () => {
    const text = `{"batch":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`;
    expect(findElements(text, 'batch')).toEqual([{ start: 10, end: 1_000_010 }]);
  });
});

import { describe, expect, it } from 'vitest';
import { choosePrefixes, prefixOfRun } from '../../../scripts/start/run-prefixes.ts';

const at = Date.UTC(2026, 10, 23, 8, 5, 9);

describe('choosePrefixes', () => {
  it('gives a simulator run and a replay prefixes of their own', () => {
    const demo = 'demo-20261123080509-';
    expect(choosePrefixes('demo', at, {})).toEqual({ topic: demo, group: demo, key: demo });
    expect(choosePrefixes('replay', at, {}).topic).toBe('replay-20261123080509-');
  });

  it('uses the real topics when there is no feed of ours', () => {
    expect(choosePrefixes('own', at, {})).toEqual({ topic: '', group: '', key: '' });
  });

  it('takes what the environment says, also the empty prefix', () => {
    const env = { TIDEWATCH_TOPIC_PREFIX: 'a-', TIDEWATCH_GROUP_PREFIX: '' };
    expect(choosePrefixes('demo', at, env)).toEqual({ topic: 'a-', group: '', key: 'demo-20261123080509-' });
  });
});

describe('prefixOfRun', () => {
  it('recognises what simulator and replay runs leave behind', () => {
    const { topic } = choosePrefixes('demo', at, {});
    expect(prefixOfRun(`${topic}customer.events.v1`)).toBe(topic);
    expect(prefixOfRun('replay-20261123080509-customer:{demo:1}')).toBe('replay-20261123080509-');
  });

  it.each(['customer.events.v1', 'demo-customer.events.v1', 'mydemo-20261123080509-x', 'demo-2026112308050-x', ''])(
    'leaves %j alone',
    (name) => {
      expect(prefixOfRun(name)).toBeNull();
    },
  );
});

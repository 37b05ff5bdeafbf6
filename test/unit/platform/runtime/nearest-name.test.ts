import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../../services/platform/runtime/nearest-name.ts';

const names = ['TIDEWATCH_HOST', 'TIDEWATCH_TOPIC_PREFIX', 'TIDEWATCH_GROUP_PREFIX'];

describe('nearestName', () => {
  it.each([
    ['TIDEWATCH_HOTS', 'TIDEWATCH_HOST'],
    ['TIDEWATCH_TOPICPREFIX', 'TIDEWATCH_TOPIC_PREFIX'],
    ['TIDEWATCH_GROP_PREFIXX', 'TIDEWATCH_GROUP_PREFIX'],
    ['TIDEWATCH_HOST', 'TIDEWATCH_HOST'],
    ['COMPLETELY_DIFFERENT_THING', undefined],
    ['', undefined],
  ])('finds for "%s" the name %s', (wanted, found) => {
    expect(nearestName(wanted, names)).toBe(found);
  });
});

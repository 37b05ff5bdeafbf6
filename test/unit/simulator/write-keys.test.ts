import { describe, expect, it } from 'vitest';
import { readWriteKeys } from '../../../simulator/write-keys.ts';

const keys = { web: 'a', app: 'b', pos: 'c', call: 'd', survey: 'e' };

describe('readWriteKeys', () => {
  it('reads one key per source', async () => {
    await expect(readWriteKeys(undefined, JSON.stringify(keys))).resolves.toEqual(keys);
  });

  it.each([
    [undefined, 'TIDEWATCH_WRITE_KEYS is not set'],
    ['{"web":"secret-of-web"', 'TIDEWATCH_WRITE_KEYS is not a JSON object'],
    ['{"web":"secret-of-web","app":"b"}', 'no write key for: pos, call, survey'],
  ])('refuses %s without repeating a key', async (json, message) => {
    const reading = readWriteKeys(undefined, json);
    await expect(reading).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(message) as string,
    });
    await expect(reading).rejects.not.toThrow(/secret-of-web/);
  });

  it('says which file cannot be read', async () => {
    await expect(readWriteKeys('/no/such/file.json', undefined)).rejects.toThrow('/no/such/file.json is not readable');
  });
});

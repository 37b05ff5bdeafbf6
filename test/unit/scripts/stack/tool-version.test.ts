import { describe, expect, it } from 'vitest';
import { pickRedisBinary } from '../../../../scripts/stack/local/find-redis-server.ts';
import { isRedisRecent, readJavaMajor } from '../../../../scripts/stack/local/tool-version.ts';

describe('the version of a tool', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['java: command not understood', null],
  ])('reads %s as Java %s', (output, major) => {
    expect(readJavaMajor(output)).toBe(major);
  });

  it.each([
    ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0', true],
    ['Redis server v=6.2.0 sha=00000000:0', true],
    ['Redis server v=6.0.16 sha=00000000:0', false],
    ['Redis server v=10.0.0', true],
    ['something else', false],
  ])('takes "%s" as recent enough: %s', (output, isRecent) => {
    expect(isRedisRecent(output)).toBe(isRecent);
  });

  it('takes the bundled Redis of this platform, or none', () => {
    const names = ['redis-server-6.2.6-v5-darwin-arm64', 'redis-server-6.2.6-v5-linux-amd64', 'dump-linux-amd64'];
    expect(pickRedisBinary(names, 'linux', 'x64')).toBe('redis-server-6.2.6-v5-linux-amd64');
    expect(pickRedisBinary(names, 'darwin', 'arm64')).toBe('redis-server-6.2.6-v5-darwin-arm64');
    expect(pickRedisBinary(names, 'linux', 'riscv64')).toBeNull();
  });
});

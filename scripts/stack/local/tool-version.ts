/** Major version out of `java -version`: 8 for "1.8.0_392", 17 for "17.0.15". Null when it cannot be read. */
export function readJavaMajor(output: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match === null ? null : Number(match[1]);
}

/** Whether `redis-server --version` tells 6.2 or later. */
export function isRedisRecent(output: string): boolean {
  const match = /v=(\d+)\.(\d+)/.exec(output);
  if (match === null) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > 6 || (major === 6 && minor >= 2);
}

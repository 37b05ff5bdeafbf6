const grant = 'grant it with ACL SETUSER NAME';

/** Redis 7 and newer name the user and the command, 6.2 the command only. */
const command = /run the '([^']+)' command/;

/**
 * Why Redis refused, with what to do about it; null where what it said is not about rights.
 * @param said the answer of Redis, without what a script put around it
 * @param work name of the command or script that failed
 */
export function describeDenial(said: string, work: string): string | null {
  if (/^(?:WRONGPASS|NOAUTH)\b|invalid password/.test(said)) {
    return `Redis does not let the user in (${said}); check REDIS_USERNAME and REDIS_PASSWORD, or those in REDIS_URL`;
  }
  if (/called without any password configured/.test(said)) {
    return `Redis asks for no password (${said}); take it out of REDIS_URL and REDIS_PASSWORD, or give the user one`;
  }
  if (!/^NOPERM\b|The user executing the script can't|ACL failure in script/.test(said)) return null;
  const missing = command.exec(said)?.[1];
  if (missing !== undefined) {
    return `Redis does not permit ${missing.replace('|', ' ').toUpperCase()} to the user (needed for ${work}); ${grant} +${missing}`;
  }
  if (/\bkeys?\b/.test(said)) {
    const keys = "~'PREFIX*' with the prefix of TIDEWATCH_KEY_PREFIX";
    return `Redis does not permit the keys of ${work} to the user; ${grant} ${keys}`;
  }
  return `Redis does not permit a command inside ${work} to the user (${said}); docs/reference/clusters.md lists all`;
}

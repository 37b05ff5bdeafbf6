import { randomBytes } from 'node:crypto';

/** A fresh prefix for the topics, groups and keys of one test: `t3f9c01ab22.`, or with the separator given. */
export function testPrefix(separator = '.'): string {
  return `t${randomBytes(5).toString('hex')}${separator}`;
}

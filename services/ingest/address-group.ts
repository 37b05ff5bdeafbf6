import { isIPv4, isIPv6 } from 'node:net';

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const hextets = 8;
/** Whoever has one IPv6 address has the 2^64 of its network. */
const networkHextets = 4;

/** What counts as one sender: an IPv4 address, or the /64 network of an IPv6 address; the text itself where it is neither. */
export function addressGroup(address: string): string {
  const plain = mapped.exec(address)?.[1] ?? address;
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head, tail] = plain.split('%', 1)[0].split('::') as [string, string | undefined];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two hextets; it never reaches the network part.
  const between = Array<string>(Math.max(0, hextets - before.length - after.length)).fill('0');
  const network = [...before, ...between, ...after].slice(0, networkHextets);
  return `${network.map((each) => parseInt(each, 16).toString(16)).join(':')}::/64`;
}

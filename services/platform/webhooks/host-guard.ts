import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Kinds of networks that are closed unless a host is allowed to stand in them. */
export type OpenNetwork = 'loopback' | 'private';

/** A host that may be called. */
export interface AllowedHost {
  readonly host: string;
  readonly networks: readonly OpenNetwork[];
}

export interface HostGuard {
  /** Why an address may not be called at all; null where it may, as far as it says. */
  refuseUrl(url: URL): string | null;
  /** Whether the host may stand at this address. */
  allowsAddress(host: string, address: string): boolean;
}

/** Ranges of ipaddr.js that a host may be allowed in; all others but `unicast` are closed for everybody. */
const openable: Readonly<Record<string, OpenNetwork>> = {
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
};

/** Where clouds tell machines their secrets, in ranges that an operator may have opened. */
const metadata: ReadonlySet<string> = new Set(['fd00:ec2::254', '168.63.129.16', '100.100.100.200']);

/**
 * Only listed hosts are called, by https, at public addresses; http is for hosts that are allowed on the loopback
 * interface. An IPv4 address in the clothes of an IPv6 one (`::ffff:10.0.0.1`) is judged as what it is.
 */
export function createHostGuard(allowed: readonly AllowedHost[]): HostGuard {
  const networksOf = new Map(allowed.map(({ host, networks }) => [host.toLowerCase(), new Set(networks)]));

  return {
    refuseUrl(url) {
      const networks = networksOf.get(hostOf(url));
      if (networks === undefined) return 'host-not-allowed';
      if (url.username !== '' || url.password !== '') return 'url-with-password';
      if (url.protocol === 'https:') return null;
      return url.protocol === 'http:' && networks.has('loopback') ? null : 'not-https';
    },
    allowsAddress(host, address) {
      const networks = networksOf.get(host.toLowerCase());
      if (networks === undefined || !ipaddr.isValid(address)) return false;
      const parsed = ipaddr.process(address);
      if (metadata.has(parsed.toString())) return false;
      const range = parsed.range();
      if (range === 'unicast') return true;
      const network = openable[range];
      return network !== undefined && networks.has(network);
    },
  };
}

/** Host of an address as the list names it, without the brackets of IPv6. */
export function hostOf(url: URL): string {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return isIP(host) === 0 ? host.toLowerCase() : host;
}

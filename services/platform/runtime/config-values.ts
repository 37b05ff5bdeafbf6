import { z } from 'zod';

/** A port and whether somebody asked for this very one (then it is never replaced by a free one). */
export interface PortSetting {
  readonly port: number;
  readonly explicit: boolean;
}

/** Reads a port, 0 (any free one) to 65535; `fallback` when not set. */
export function portSetting(fallback: number) {
  return integerSetting(0, 65535)
    .transform((port): PortSetting => ({ port, explicit: true }))
    .optional()
    .transform((value): PortSetting => value ?? { port: fallback, explicit: false });
}

/** Reads a whole number between bounds, both included. Add `.default('12')` for a default. */
export function integerSetting(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** Reads `1` or `true` as true, `0` or `false` as false; false when not set. */
export function switchSetting() {
  return z
    .enum(['0', '1', 'true', 'false'], 'must be 1, 0, true or false')
    .default('0')
    .transform((value) => value === '1' || value === 'true');
}

/** Reads an address with one of the given schemes (`http`, `redis` …). */
export function urlSetting(schemes: readonly string[]) {
  const message = `must be an address like ${schemes[0]}://host:port`;
  return z.string().refine((text) => {
    const url = URL.parse(text);
    return url !== null && url.hostname !== '' && schemes.includes(url.protocol.slice(0, -1));
  }, message);
}

/** Reads addresses with one of the given schemes, several separated by commas; slashes at their ends are left off. */
export function urlsSetting(schemes: readonly string[]) {
  const one = urlSetting(schemes);
  return z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim().replace(/\/+$/, '')))
    .refine(
      (urls) => urls.every((url) => one.safeParse(url).success),
      `must be ${schemes[0]}://host:port, several separated by commas`,
    );
}

/** Reads `host:port`, several separated by commas. */
export function addressesSetting() {
  return z
    .string()
    .transform((text) => text.split(',').map((address) => address.trim()))
    .refine((addresses) => addresses.every(isHostAndPort), 'must be host:port, several separated by commas');
}

function isHostAndPort(address: string): boolean {
  const port = /^(?:\[[0-9a-f:.]+\]|[^\s:,/@[\]]+):(\d{1,5})$/i.exec(address)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65535;
}

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { SeededRandom } from '../../../support/simulation/seeded-random.ts';
import { type WireProtocol, wireProtocols } from '../wire/wire-protocols.ts';
import { randomBytes, randomJson, spoilText, weirdTexts } from './random-content.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const methods = ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'QUERY', 'POST'] as const;
const otherPaths = ['/v1/track', '/v1/t', '/v1/identify', '/capture', '/e/', '/track', '/i/v0/e', '/token', '/v1/batch/', '/i', '/nothing', '/v1/%zz', '/healthz', '/v1/dead-letters', '/v1/plan/unmapped'] as const; // prettier-ignore
const headerNames = ['content-type', 'content-encoding', 'x-retry-count', 'posthog-attempt', 'ce-id', 'ce-type', 'ce-source', 'ce-specversion', 'ce-subject', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-write-key', 'authorization', 'expect', 'accept-encoding', 'x-forwarded-for'] as const; // prettier-ignore
const encodings = ['gzip', 'x-gzip', 'deflate', 'br', 'identity', 'zstd', 'gzip, gzip', ''] as const;

/** A request to some path of some dialect, nearly right or not at all. */
export function fuzzRequest(random: SeededRandom, writeKey: string, number: number): FuzzRequest {
  const protocol = random.pick(wireProtocols);
  const whole = goodRequest(protocol, random, { writeKey, number });
  const method = random.chance(60) ? random.pick(methods) : whole.method;
  const path = random.chance(100) ? random.pick(otherPaths) : spoilPath(whole.path, random);
  const encoded = encode(spoilBody(whole.body, random), random);
  return { method, path, headers: { ...whole.headers, ...oddHeaders(random), ...encoded.headers }, body: encoded.body };
}

function goodRequest(
  protocol: WireProtocol,
  random: SeededRandom,
  { writeKey, number }: { writeKey: string; number: number },
): FuzzRequest {
  const orders = Array.from({ length: random.between(0, 4) || 1 }, (_, index) => ({
    id: `f${number}-${random.below(3) === 0 ? 0 : index}`,
    user: random.chance(100) ? null : `u${random.below(50)}`,
    amountMinor: random.chance(50) ? null : random.below(100_000),
    time: random.chance(50) ? random.pick(weirdTexts) : '2026-05-01T10:00:00Z',
  }));
  const { method, path, headers, body } = protocol.request(orders, writeKey);
  // Its gzip is made anew once the body is spoilt.
  const { 'content-encoding': encoding, ...rest } = headers;
  const plain = encoding === undefined ? Buffer.from(body ?? '') : Buffer.from(JSON.stringify({ batch: orders }));
  return { method, path, headers: rest, body: plain };
}

function spoilPath(path: string, random: SeededRandom): string {
  if (random.chance(800)) return path;
  const added = random.pick(['/', '//', '?', '?api_key=x', '?writeKey=%00', '?data=e30', '?a[b]=1', '?%', '#f']);
  return path + added;
}

function spoilBody(body: Buffer, random: SeededRandom): Buffer {
  const way = random.below(8);
  if (way <= 1) return body;
  if (way === 2) return randomBytes(random, random.below(400));
  if (way === 3) return Buffer.from(JSON.stringify(randomJson(random, 6)));
  if (way === 4) return Buffer.from(body.toString('latin1').slice(0, random.below(body.length + 1)), 'latin1');
  if (way === 5) return Buffer.from(`${'['.repeat(random.below(3_000))}${']'.repeat(random.below(3_000))}`);
  return Buffer.from(way === 6 ? spoilText(body.toString(), random) : spoilMembers(body.toString(), random));
}

/** Replaces members anywhere in the JSON by anything. */
function spoilMembers(text: string, random: SeededRandom): string {
  try {
    const replace = (_: string, value: unknown): unknown => (random.chance(150) ? randomJson(random, 3) : value);
    return JSON.stringify(JSON.parse(text, replace)) ?? 'null';
  } catch {
    return text;
  }
}

function encode(body: Buffer, random: SeededRandom): Pick<FuzzRequest, 'headers' | 'body'> {
  if (!random.chance(400)) return { headers: {}, body };
  const name = random.pick(encodings);
  const honest = random.chance(700);
  const compressed = honest ? compress(body, name) : body;
  const cut = random.chance(200) ? compressed.subarray(0, random.below(compressed.length + 1)) : compressed;
  const sent = Buffer.from(cut);
  if (random.chance(200) && sent.length > 0) sent[random.below(sent.length)] ^= 1 << random.below(8);
  const headers: Record<string, string> = random.chance(900) ? { 'content-encoding': name } : {};
  return { headers, body: sent };
}

function compress(body: Buffer, name: (typeof encodings)[number]): Buffer {
  if (name === 'gzip' || name === 'x-gzip') return gzipSync(body, { level: 1 });
  if (name === 'gzip, gzip') return gzipSync(gzipSync(body, { level: 1 }), { level: 1 });
  if (name === 'br') return brotliCompressSync(body.subarray(0, 2_000));
  return name === 'deflate' ? deflateSync(body, { level: 1 }) : body;
}

function oddHeaders(random: SeededRandom): Record<string, string> {
  const odd: Record<string, string> = {};
  while (random.chance(300)) odd[random.pick(headerNames)] = random.pick(weirdTexts).replace(/[^\t\x20-\x7e]/g, '?');
  // The client itself would wait for a go-ahead.
  if (odd['expect'] === '100-continue') delete odd['expect'];
  return odd;
}

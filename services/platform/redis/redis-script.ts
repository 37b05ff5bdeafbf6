import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A Lua script that runs inside Redis, known there by the SHA-1 of its text. */
export interface RedisScript {
  readonly name: string;
  readonly source: string;
  readonly sha: string;
}

/** Reads `scripts/<name>.lua`; call it at start, not per command. */
export function loadScript(name: string): RedisScript {
  const source = readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
  return { name, source, sha: createHash('sha1').update(source).digest('hex') };
}

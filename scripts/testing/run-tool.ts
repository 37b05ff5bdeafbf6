import { join } from 'node:path';
import process from 'node:process';
import { runChild } from '../bootstrap/run-child.mjs';
import { checkoutRoot } from '../checkout-root.ts';

/** Runs a tool out of node_modules/.bin on our own output; resolves to its exit code. */
export function runTool(name: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return runChild(process.execPath, [join(checkoutRoot, 'node_modules', '.bin', name), ...args], env);
}

import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/**
 * Puts modules of the bench in the place of the product's, for this process: a service runs as it is shipped but for
 * these. A replacement reaches what it replaces by the same address with `?original` behind it. A process that ends
 * without having asked for one of them did not run what was meant: it says so and exits with 1.
 * @param swaps path of a product module from the root of the checkout → address of its replacement
 */
export function swapModules(swaps: Readonly<Record<string, URL>>): void {
  const root = new URL('../../../', import.meta.url);
  const replaced = new Map(Object.entries(swaps).map(([path, by]) => [new URL(path, root).href, by.href]));
  const unused = new Set(replaced.keys());
  for (const address of unused) if (!existsSync(new URL(address))) throw new Error(`there is no ${address} to replace`);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const by = replaced.get(resolved.url);
      if (by === undefined) return resolved;
      unused.delete(resolved.url);
      return { ...resolved, url: by };
    },
  });
  process.on('exit', () => {
    if (unused.size === 0) return;
    process.stderr.write(`never asked for, so not replaced: ${[...unused].join(', ')}\n`);
    process.exitCode = 1;
  });
}

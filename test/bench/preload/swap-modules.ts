import { registerHooks } from 'node:module';

/**
 * Puts modules of the bench in the place of the product's, for this process: a service runs as it is shipped but for
 * these. A replacement reaches what it replaces by the same address with `?original` behind it.
 * @param swaps path of a product module from the root of the checkout → address of its replacement
 */
export function swapModules(swaps: Readonly<Record<string, URL>>): void {
  const root = new URL('../../../', import.meta.url);
  const replaced = new Map(Object.entries(swaps).map(([path, by]) => [new URL(path, root).href, by.href]));
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const by = replaced.get(resolved.url);
      return by === undefined ? resolved : { ...resolved, url: by };
    },
  });
}

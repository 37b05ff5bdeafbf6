/** Which methods each route of a server knows: what a 405 has to say in its `Allow`. */
export interface RouteTable {
  add(pattern: string, methods: readonly string[]): void;
  /** Methods that any route of this path knows, sorted; empty for an unknown path. */
  methodsOf(path: string): readonly string[];
}

export function createRouteTable(): RouteTable {
  const routes = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>();
  return {
    add(pattern, methods) {
      const route = routes.get(pattern) ?? { matches: patternToRegExp(pattern), methods: new Set() };
      for (const method of methods) route.methods.add(method);
      routes.set(pattern, route);
    },
    methodsOf(path) {
      const found = [...routes.values()].filter((route) => route.matches.test(path));
      return [...new Set(found.flatMap((route) => [...route.methods]))].sort();
    },
  };
}

/** Fastify's path syntax: `:name`, `:name(regular expression)`, `*`, and `::` for one colon. */
function patternToRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/\/+$/, '')
    .replace(/::|:\w+(\((?:[^()]|\([^()]*\))*\))?|\*|[.+?^${}()|[\]\\]/g, (token, constraint?: string) => {
      if (token === '::') return ':';
      if (token === '*') return '.*';
      if (!token.startsWith(':')) return `\\${token}`;
      return constraint === undefined ? '[^/]+' : constraint.replace(/^\(\^?/, '(?:').replace(/\$\)$/, ')');
    });
  return new RegExp(`^${source}/?$`);
}

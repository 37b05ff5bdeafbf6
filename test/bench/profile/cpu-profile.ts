/** The part of V8's `.cpuprofile` that is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** One function in the place it was called from, with the microseconds spent in it and in what it called. */
export interface Frame {
  readonly name: string;
  /** Path below the repository, or below `node_modules`; empty for what is inside the engine. */
  readonly file: string;
  readonly self: number;
  readonly total: number;
  readonly children: readonly Frame[];
}

const waiting: ReadonlySet<string> = new Set(['(idle)']);
/** Everything before the service is ready: loading and compiling modules. */
const loading = /(?:^|\/)(?:modules\/|internal\/modules|cjs-module-lexer)/;

/**
 * The call tree of a profile, without waiting and without the loading of modules. Calls of one function from one place
 * are one frame, whatever promise they were continued by.
 */
export function callTree({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const selfTimes = new Map<number, number>();
  samples.forEach((id, i) => selfTimes.set(id, (selfTimes.get(id) ?? 0) + timeDeltas[i]));
  const byId = new Map(nodes.map((node) => [node.id, node]));

  function frameOf(same: readonly ProfileNode[]): Frame {
    const { functionName, url } = same[0].callFrame;
    const groups = new Map<string, ProfileNode[]>();
    for (const id of same.flatMap(({ children }) => children ?? [])) {
      const child = byId.get(id);
      if (child === undefined || waiting.has(child.callFrame.functionName) || loading.test(child.callFrame.url))
        continue;
      const key = `${child.callFrame.functionName} ${child.callFrame.url}`;
      groups.set(key, [...(groups.get(key) ?? []), child]);
    }
    const children = [...groups.values()].map(frameOf).sort((a, b) => b.total - a.total);
    const self = same.reduce((sum, { id }) => sum + (selfTimes.get(id) ?? 0), 0);
    const total = children.reduce((sum, child) => sum + child.total, self);
    return { name: functionName === '' ? '(anonymous)' : functionName, file: shortPath(url), self, total, children };
  }

  return frameOf([nodes[0]]);
}

function shortPath(url: string): string {
  const path = url.replace(/^file:\/\//, '');
  const library = path.lastIndexOf('node_modules/');
  if (library >= 0) return path.slice(library + 'node_modules/'.length);
  const own = /\/((?:services|test|scripts)\/.*)$/.exec(path);
  return own === null ? path : own[1];
}

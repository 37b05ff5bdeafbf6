import { join } from 'node:path';

/** Everything the local stack keeps lies under `.tidewatch` of the checkout. */
export function stackPaths(root: string) {
  const top = join(root, '.tidewatch');
  const home = join(top, 'stack');
  return {
    home,
    artefacts: join(home, 'artefacts'),
    temporary: join(home, 'temporary'),
    /** One record per stack that belongs to a running process. */
    running: join(home, 'running'),
    lock: join(home, 'lock'),
    /** The record of the warm stack. */
    warm: join(top, 'stack.json'),
    pom: join(root, 'scripts', 'stack', 'pom.xml'),
  };
}

export type StackPaths = ReturnType<typeof stackPaths>;

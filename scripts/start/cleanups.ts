/** Undoes what has been set up, last first. Each undoing is tried, whatever became of the ones before. */
export interface Cleanups {
  add(name: string, undo: () => Promise<void>): void;
  run(): Promise<void>;
}

export function createCleanups(log: (line: string) => void): Cleanups {
  const undos: { name: string; undo: () => Promise<void> }[] = [];
  return {
    add: (name, undo) => void undos.push({ name, undo }),
    run: async () => {
      for (let next = undos.pop(); next !== undefined; next = undos.pop()) {
        const { name, undo } = next;
        await undo().catch((error: unknown) => log(`${name}: ${(error as Error).message}`));
      }
    },
  };
}

/** A binary heap: `pop` gives the smallest item, or undefined when empty. */
export interface MinHeap<T> {
  push(item: T): void;
  pop(): T | undefined;
  peek(): T | undefined;
}

export function createMinHeap<T>(compare: (a: T, b: T) => number): MinHeap<T> {
  const items: T[] = [];
  const isSmaller = (a: number, b: number): boolean => compare(items[a], items[b]) < 0;
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [items[b], items[a]];
  };
  const rise = (start: number): void => {
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isSmaller(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const sink = (): void => {
    for (let at = 0; ;) {
      let smallest = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < items.length && isSmaller(child, smallest)) smallest = child;
      }
      if (smallest === at) return;
      swap(at, smallest);
      at = smallest;
    }
  };
  return {
    peek: () => items[0],
    push: (item) => {
      items.push(item);
      rise(items.length - 1);
    },
    pop: () => {
      if (items.length < 2) return items.pop();
      swap(0, items.length - 1);
      const smallest = items.pop();
      sink();
      return smallest;
    },
  };
}

/** Work that may be put aside at each `yield`, so that something else gets its turn. */
export type Sliced<T> = Generator<void, T, void>;

/** Does sliced work in one go. */
export function inOneGo<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

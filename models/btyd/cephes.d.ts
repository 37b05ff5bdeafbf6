/** What is used of the library, which ships its types where its own `exports` hide them. */
declare module 'cephes' {
  /** Resolves when the functions can be called. */
  export const compiled: Promise<void>;
  /** ln |Gamma(x)|; throws on overflow. */
  export function lgam(x: number): number;
}

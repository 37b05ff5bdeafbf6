/** How one column of the context becomes inputs. Fitted on training rows, kept with the policy. */
export type ContextColumn =
  | { readonly kind: 'number'; readonly name: string; readonly mean: number; readonly sd: number }
  | { readonly kind: 'category'; readonly name: string; readonly values: readonly string[] };

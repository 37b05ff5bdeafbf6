/** What one check of `doctor` found. A fault says what to do about it. */
export type Finding =
  | { readonly result: 'ok'; readonly what: string; readonly detail: string }
  | { readonly result: 'fault'; readonly what: string; readonly detail: string; readonly advice: string };

/** How training on a table tells what it is doing. */
export interface TableProgress {
  say(text: string): void;
  /** @param fits how many `fitDone` calls will come before `ends` */
  begins(fits: number): void;
  fitDone(): void;
  ends(): void;
}

/** A program to run as part of the stack. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What its log says once it has its port: an answer there could come from somebody else's process. */
  readonly startedMark: RegExp;
  /** How long it may take to end by itself. */
  readonly graceMs: number;
}

/** What the artefact is called, and how it came about. */
export interface ModelLabel {
  readonly name: string;
  readonly version: string;
  /** File name of the orders, without its directory. */
  readonly source: string;
  /** The command line that makes the same artefact again. */
  readonly command: string;
}

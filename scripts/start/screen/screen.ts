/** Where a person looks: lines, and one line at the bottom that is rewritten on a terminal. */
export interface Screen {
  readonly isTerminal: boolean;
  log(line: string): void;
  write(text: string): void;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const clearLine = '\r\u001b[2K';

export function createScreen(output: Output): Screen {
  const isTerminal = output.isTTY === true;
  return {
    isTerminal,
    write: (text) => void output.write(text),
    log: (line) => void output.write(`${isTerminal ? clearLine : ''}${line}\n`),
  };
}

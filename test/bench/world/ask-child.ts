import type { ChildProcess } from 'node:child_process';

interface Answer {
  readonly answerTo?: string;
  readonly value?: unknown;
}

/** Asks a child that answers its parent (`answer-parent.ts`); rejects when it ends instead. */
export function askChild<T>(child: ChildProcess, question: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (): void => {
      child.off('message', hear);
      child.off('exit', ended);
    };
    const hear = (message: Answer): void => {
      if (message.answerTo !== question) return;
      settle();
      resolve(message.value as T);
    };
    const ended = (): void => {
      settle();
      reject(new Error(`the process ended when asked for "${question}"`));
    };
    child.on('message', hear);
    child.once('exit', ended);
    child.send({ question }, (error) => {
      if (error === null) return;
      settle();
      reject(error);
    });
  });
}

/** Answers what the parent asks over IPC (`ask-child.ts`); other messages are left to others. */
export function answerParent(answers: Readonly<Record<string, () => unknown>>): void {
  process.on('message', (message: { question?: string }) => {
    const { question } = message;
    if (question === undefined || !(question in answers)) return;
    process.send?.({ answerTo: question, value: answers[question]() ?? null });
  });
}

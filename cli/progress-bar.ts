import { SingleBar } from 'cli-progress';
import type { TrainingProgress } from '../models/training/training-progress.ts';
import type { CliIo } from './cli-io.ts';

/** A bar that moves, on a terminal; a line per fifth of the work, elsewhere. */
export function createTrainingProgress({ stderr, isTerminal }: CliIo): TrainingProgress {
  return isTerminal ? drawProgress(stderr) : writeProgress(stderr);
}

function drawProgress(stream: CliIo['stderr']): TrainingProgress {
  const format = '{phase} [{bar}] {value}/{total} epochs, {eta_formatted} left';
  const bar = new SingleBar({ stream: stream, format, hideCursor: true, clearOnComplete: false });
  return {
    say(text) {
      bar.stop();
      stream.write(`${text}\n`);
    },
    phaseBegins: (phase, epochs) => bar.start(epochs, 0, { phase }),
    epochDone: () => bar.increment(),
    phaseEnds: () => bar.stop(),
  };
}

function writeProgress(stream: CliIo['stderr']): TrainingProgress {
  let total = 0;
  let done = 0;
  return {
    say: (text) => void stream.write(`${text}\n`),
    phaseBegins(phase, epochs) {
      total = epochs;
      done = 0;
      stream.write(`${phase}: ${epochs} epochs\n`);
    },
    epochDone({ phase }) {
      done += 1;
      if (Math.floor((done * 5) / total) > Math.floor(((done - 1) * 5) / total)) {
        stream.write(`${phase}: ${done} of ${total} epochs\n`);
      }
    },
    phaseEnds: () => undefined,
  };
}

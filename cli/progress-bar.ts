import { SingleBar } from 'cli-progress';
import type { TrainingProgress } from '../models/training/training-progress.ts';
import type { CliIo } from './cli-io.ts';

/** A bar that moves, on a terminal; a line per fifth of the work, elsewhere. */
export function createTrainingProgress({ stderr, isTerminal }: CliIo): TrainingProgress {
  return isTerminal ? drawProgress(stderr) : writeProgress(stderr);
}

function drawProgress(stream: CliIo['stderr']): TrainingProgress {
  const format = '{phase} [{bar}] {value}/{total} {unit}, {eta_formatted} left';
  const bar = new SingleBar({ stream: stream, format, hideCursor: true, clearOnComplete: false });
  return {
    say(text) {
      bar.stop();
      stream.write(`${text}\n`);
    },
    phaseBegins: (phase, epochs, unit = 'epochs') => bar.start(epochs, 0, { phase, unit }),
    epochDone: () => bar.increment(),
    phaseEnds: () => bar.stop(),
  };
}

function writeProgress(stream: CliIo['stderr']): TrainingProgress {
  let total = 0;
  let done = 0;
  let counted = 'epochs';
  return {
    say: (text) => void stream.write(`${text}\n`),
    phaseBegins(phase, epochs, unit = 'epochs') {
      counted = unit;
      total = epochs;
      done = 0;
      stream.write(`${phase}: ${epochs} ${unit}\n`);
    },
    epochDone({ phase }) {
      done += 1;
      if (Math.floor((done * 5) / total) > Math.floor(((done - 1) * 5) / total)) {
        stream.write(`${phase}: ${done} of ${total} ${counted}\n`);
      }
    },
    phaseEnds: () => undefined,
  };
}

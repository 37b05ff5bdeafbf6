import { EngineError } from '../../core/errors.ts';

/** Places at which a crash is worth trying; each is reached once per chunk, right after the stage of that name. */
export const faultPointNames = ['after-load', 'after-predict', 'after-produce', 'after-write', 'after-commit'] as const;

export interface FaultPoints {
  /** Called by the runner after each stage; kills the process when the configured count is reached. */
  reached(name: string): void;
}

/** No faults: what every normal run uses. */
export const noFaultPoints: FaultPoints = { reached: () => undefined };

/**
 * Crash points for tests, from `TIDEWATCH_FAULT=after-load:3`: the process kills itself (SIGKILL) the third time it
 * gets there.
 * @throws EngineError ERR_CONFIG_INVALID when the text is malformed or faults are not allowed
 */
export function createFaultPoints(text: string | undefined, allowed: boolean): FaultPoints {
  if (text === undefined || text === '') return noFaultPoints;
  const [name, countText] = text.split(':');
  const count = Number(countText);
  if (!(faultPointNames as readonly string[]).includes(name) || !Number.isInteger(count) || count < 1) {
    throw new EngineError(
      'ERR_CONFIG_INVALID',
      `TIDEWATCH_FAULT is "${text}"; expected one of ${faultPointNames.join(', ')} followed by ":N" with N >= 1.`,
      { retryable: false },
    );
  }
  if (!allowed) {
    throw new EngineError(
      'ERR_CONFIG_INVALID',
      'TIDEWATCH_FAULT would kill this process on purpose; set TIDEWATCH_ALLOW_FAULTS=1 to allow it, or unset it.',
      { retryable: false },
    );
  }
  let remaining = count;
  return {
    reached(reachedName) {
      if (reachedName === name && --remaining === 0) process.kill(process.pid, 'SIGKILL');
    },
  };
}

import process from 'node:process';
import { EngineError } from '../services/core/errors.ts';
import { exitCodeOf } from './exit-code.ts';

/** Runs a script's main function; an expected fault is told in its own words, anything else with its stack trace. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof EngineError ? error.message : error);
    process.exitCode = exitCodeOf(error);
  }
}

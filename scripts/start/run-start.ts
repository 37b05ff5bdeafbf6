import { rm } from 'node:fs/promises';
import type { Environment } from '../../services/platform/runtime/load-config.ts';
import { claimDirectory } from './claim-directory.ts';
import { createCleanups, type Cleanups } from './cleanups.ts';
import { EndSignal } from './end-signal.ts';
import type { EventFeed } from './feeds/event-feed.ts';
import { startFeed } from './feeds/start-feed.ts';
import { describeReport } from './report/print-report.ts';
import { compileReport } from './report/compile-report.ts';
import { isBalanced } from './report/books.ts';
import { writeReport } from './report/write-report.ts';
import { findOrderFiles, type OrderFiles } from './replay/order-files.ts';
import { checkSettings } from './run-config.ts';
import { removeRunFile } from './run-file.ts';
import { createRunFileKeeper } from './run-file-keeper.ts';
import { runPaths, type RunPaths } from './run-paths.ts';
import { choosePrefixes, type RunPrefixes } from './run-prefixes.ts';
import { startSystem, type RunningSystem, type SystemOptions } from './running-system.ts';
import { startLiveLine } from './screen/live-line.ts';
import type { Screen } from './screen/screen.ts';
import type { StartArguments } from './start-arguments.ts';
import { waitUntilDrained } from './wait-until-drained.ts';

export interface StartContext {
  readonly arguments: StartArguments;
  readonly env: Environment;
  readonly screen: Screen;
  readonly startStack: SystemOptions['startStack'];
}

interface Run extends StartContext {
  readonly paths: RunPaths;
  readonly prefixes: RunPrefixes;
  readonly files: OrderFiles | null;
  readonly end: EndSignal;
  readonly cleanups: Cleanups;
}

const drainPatienceMs = 60_000;

/**
 * The main job from beginning to end: stack, services, events, and when the run ends the books.
 * @returns the exit code: 0 when the books balance, 1 when they do not or something broke
 */
export async function runStart(context: StartContext): Promise<number> {
  const { env, screen } = context;
  checkSettings(env);
  const { data, directory, simulator } = context.arguments;
  const files = data === undefined ? null : await findOrderFiles(data);
  const paths = runPaths(directory, env['TIDEWATCH_INSTALLATION_FILE']);
  const release = await claimDirectory(directory);
  // Of a start that was killed.
  await removeRunFile(paths.run);
  await rm(paths.report, { force: true });
  const kind = files !== null ? 'replay' : simulator ? 'demo' : 'own';
  const prefixes = choosePrefixes(kind, Date.now(), env);
  const end = new EndSignal((line) => screen.log(line));
  const cleanups = createCleanups((line) => screen.log(line));
  cleanups.add('giving the directory free', release);
  try {
    // The clock says nothing of orders of years ago: a replay closes no days by it.
    const runEnv = files === null ? env : { TIDEWATCH_DAY_ENDS: 'log', ...env };
    return await runToItsEnd({ ...context, env: runEnv, paths, prefixes, files, end, cleanups });
  } finally {
    await cleanups.run();
    end.dispose();
  }
}

async function runToItsEnd(run: Run): Promise<number> {
  const { cleanups, end, screen } = run;
  const runFile = createRunFileKeeper(run.paths.run, run.prefixes.topic);
  const system = await startSystem({
    ...run,
    stackMode: run.arguments.stack,
    onChange: () => runFile.refresh(),
  });
  cleanups.add('removing run.json', () => runFile.remove());
  announce(run, system);
  const feed = await startFeed({ ...run, system });
  cleanups.add('stopping the events', () => feed.stop());
  await runFile.write(system, feed);
  end.startTimer(run.arguments.minutes);
  await untilEnd(run, system, feed);
  screen.log(`Ending (${end.reason}): finishing what is under way …`);
  await feed.stop();
  return await closeBooks(run, system, feed);
}

/** Returns when the run is to end: by a signal, by time, by a fault, or because the replay is done. */
async function untilEnd(run: Run, system: RunningSystem, feed: EventFeed): Promise<void> {
  const { end, screen } = run;
  // A replay on a terminal has a progress bar, which needs the line for itself.
  const liveLine = feed.kind === 'replay' && screen.isTerminal ? null : startLiveLine(system.urls, feed, screen);
  feed.finished.then(
    () => {
      if (!run.arguments.keepRunning) end.end('the end of the data');
      else screen.log('The replay is done; staying until Ctrl-C (--keep-running).');
    },
    (error: unknown) => end.fail(error),
  );
  await end.ended().catch(() => undefined);
  liveLine?.stop();
}

async function closeBooks(run: Run, system: RunningSystem, feed: EventFeed): Promise<number> {
  const { end, paths, prefixes, screen, files } = run;
  if (end.fault !== null) throw end.fault;
  const { topics, clients } = system;
  const left = await waitUntilDrained({ client: clients.kafka, topics, prefixes, patienceMs: drainPatienceMs });
  if (left > 0) screen.log(`${left} records were not worked off within ${drainPatienceMs / 1000} s of standing still.`);
  const { report, lines } = await compileReport({ system, feed, prefixes, files });
  await writeReport(paths.report, report);
  for (const line of describeReport(report, lines)) screen.log(line);
  const { unanswered } = feed.counts();
  if (unanswered > 0) screen.log(`  ${unanswered} events were given up without an answer; they are in no book.`);
  const balanced = left === 0 && isBalanced(lines, report.features);
  screen.log(balanced ? 'The books balance.' : 'The books do not balance; see the lines marked DIFFERS.');
  return balanced ? 0 : 1;
}

function announce(run: Run, system: RunningSystem): void {
  const { stack, urls, tenant } = system;
  const lines = [
    `Ready. Stack: ${stack.mode} (${stack.reason}).`,
    `  Kafka     ${stack.kafka}, topics ${run.prefixes.topic}*`,
    `  registry  ${stack.schemaRegistry}`,
    `  Redis     ${stack.redis}`,
    `  ingest    ${urls.ingest}/v1/batch   (write keys in ${run.paths.writeKeys})`,
    `  scorer    ${urls.scorer}/v1/customers/{id}/score`,
    `  alerts    ${urls.alerts}/v1/tasks`,
    `  tenant    ${tenant.id}; addresses, a write key and a token stand in ${run.paths.run}`,
    run.arguments.minutes === undefined
      ? 'Ctrl-C stops everything.'
      : `Stops by itself after ${run.arguments.minutes} min.`,
  ];
  for (const line of lines) run.screen.log(line);
}

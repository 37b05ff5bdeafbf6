import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { addBaselineVerb } from '../kpi/baseline-verb.ts';
import { addBenchmarkVerbs } from '../kpi/benchmarks-verb.ts';
import { addCheckVerb } from '../kpi/check-verb.ts';
import { addFigureVerbs } from '../kpi/figures-verb.ts';
import { addFlowsVerb } from '../kpi/flows-verb.ts';
import { addRebuildVerb } from '../kpi/rebuild-verb.ts';
import { addRecomputeVerb } from '../kpi/recompute-verb.ts';
import { addReportVerb } from '../kpi/report-verb.ts';
import { addScorecardVerb } from '../kpi/scorecard-verb.ts';

/** `tidewatch kpi`: scorecards, reports, baselines, and figures from outside. */
export function addKpiVerb(program: Command, io: CliIo, finish: (exitCode: number) => void): void {
  const kpi = program.command('kpi').description('Scorecards and reports of KPIs, baselines, spend and typed figures.');
  addScorecardVerb(kpi, io);
  addFlowsVerb(kpi, io);
  addReportVerb(kpi, io);
  addBaselineVerb(kpi, io);
  addFigureVerbs(kpi, io, finish);
  addBenchmarkVerbs(kpi, io);
  addCheckVerb(kpi, io);
  addRecomputeVerb(kpi, io, finish);
  addRebuildVerb(kpi, io);
}

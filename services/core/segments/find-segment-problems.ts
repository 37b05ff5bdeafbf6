import { compileSegments } from './segment-plan.ts';
import { factNames } from './customer-facts.ts';
import { measuresOf, valueNamesOf } from './condition-names.ts';
import { sourcesOf } from './measure-sources.ts';
import type {
  Condition, CriteriaScheme, MachineRule, Primary, SegmentsDocument, ShareScheme,
} from './segments-document.ts'; // prettier-ignore

/** What a schema cannot see, one sentence each, beginning with the place in the file. */
export function findSegmentProblems(document: SegmentsDocument, featureNames: readonly string[]): readonly string[] {
  const problems = [
    ...measureProblems(document, featureNames),
    ...schemeProblems(document, featureNames),
    ...machineProblems(document, featureNames),
    ...primaryProblems(document),
    ...parameterProblems(document),
  ];
  return problems.length > 0 ? problems : nameProblems(document, featureNames);
}

function measureProblems({ measures }: SegmentsDocument, featureNames: readonly string[]): string[] {
  const known = new Set<string>([...featureNames, ...factNames]);
  const problems: string[] = [];
  for (const [name, rule] of Object.entries(measures)) {
    const isOptional = 'feature' in rule && rule.optional;
    if (known.has(name)) problems.push(`measures.${name}: this is the name of a feature; choose another`);
    for (const source of sourcesOf(rule)) {
      if (known.has(source) || isOptional) continue;
      const isLater = Object.hasOwn(measures, source);
      problems.push(
        `measures.${name}: ${isLater ? `"${source}" stands after it; move it up` : `"${source}" is no feature and no measure`}`,
      );
    }
    known.add(name);
  }
  return problems;
}

interface Known {
  readonly measures: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

function knownTo(document: SegmentsDocument, featureNames: readonly string[], own: readonly string[]): Known {
  return {
    measures: new Set([...featureNames, ...factNames, ...Object.keys(document.measures)]),
    values: new Set([...Object.keys(document.parameters), ...own]),
  };
}

function conditionProblems(at: string, condition: Condition | undefined, known: Known): string[] {
  if (condition === undefined) return [];
  return [
    ...measuresOf(condition)
      .filter((name) => !known.measures.has(name))
      .map((name) => `${at}: "${name}" is no feature and no measure`),
    ...valueNamesOf(condition)
      .filter((name) => !known.values.has(name))
      .map((name) => `${at}: "${name}" is no parameter and no cut-off of this scheme`),
  ];
}

function schemeProblems(document: SegmentsDocument, featureNames: readonly string[]): string[] {
  return Object.entries(document.schemes).flatMap(([name, rule]) => {
    const at = `schemes.${name}`;
    if (rule.mode === 'criteria') return criteriaProblems(at, rule, document, featureNames);
    const known = knownTo(document, featureNames, []);
    if (rule.mode === 'share') return shareProblems(at, rule, known);
    const read = [rule.recency, rule.frequency, rule.monetary];
    return [
      ...read
        .filter((each) => !known.measures.has(each))
        .map((each) => `${at}: "${each}" is no feature and no measure`),
      ...conditionProblems(`${at}.among`, rule.among, known),
    ];
  });
}

function criteriaProblems(
  at: string,
  { cutoffs, tiers }: CriteriaScheme,
  document: SegmentsDocument,
  featureNames: readonly string[],
): string[] {
  const known = knownTo(document, featureNames, Object.keys(cutoffs));
  const plain = knownTo(document, featureNames, []);
  const last = tiers.length - 1;
  return [
    ...twice(at, tiers),
    ...Object.entries(cutoffs).flatMap(([name, { measure, among }]) => [
      ...(known.measures.has(measure) ? [] : [`${at}.cutoffs.${name}: "${measure}" is no feature and no measure`]),
      ...(Object.hasOwn(document.parameters, name) ? [`${at}.cutoffs.${name}: a parameter has this name, too`] : []),
      ...conditionProblems(`${at}.cutoffs.${name}.among`, among, plain),
    ]),
    ...tiers.flatMap(({ name, when }, i) => [
      ...(i < last && when === undefined
        ? [`${at}.tiers.${name}: it has no \`when\`, so the tiers after it could never be reached`]
        : []),
      ...(i === last && when !== undefined
        ? [`${at}.tiers.${name}: the last tier takes everybody else; leave out its \`when\``]
        : []),
      ...conditionProblems(`${at}.tiers.${name}.when`, when, known),
    ]),
  ];
}

function shareProblems(at: string, { tiers }: ShareScheme, known: Known): string[] {
  const last = tiers.length - 1;
  const total = tiers.reduce((sum, { share }) => sum + share, 0);
  return [
    ...twice(at, tiers),
    ...(Math.abs(total - 1) > 1e-9 ? [`${at}.tiers: the shares come to ${Number(total.toFixed(6))}, not to 1`] : []),
    ...tiers.flatMap(({ name, by }, i) => [
      ...(i < last && by === undefined ? [`${at}.tiers.${name}: say by which measure it ranks (\`by\`)`] : []),
      ...(i === last && by !== undefined
        ? [`${at}.tiers.${name}: the last tier takes the rest; leave out \`by\``]
        : []),
      ...(by !== undefined && !known.measures.has(by)
        ? [`${at}.tiers.${name}: "${by}" is no feature and no measure`]
        : []),
    ]),
  ];
}

function machineProblems(document: SegmentsDocument, featureNames: readonly string[]): string[] {
  const known = knownTo(document, featureNames, []);
  return Object.entries(document.machines).flatMap(([name, machine]) => {
    const at = `machines.${name}`;
    const clash = Object.hasOwn(document.schemes, name) ? [`${at}: a scheme has this name, too`] : [];
    return [...clash, ...oneMachineProblems(at, machine, known)];
  });
}

function oneMachineProblems(at: string, machine: MachineRule, known: Known): string[] {
  const stages = new Set(machine.stages.map(({ name }) => name));
  const unknown = (place: string, name: string): string[] =>
    stages.has(name) ? [] : [`${place}: "${name}" is no stage of this machine`];
  return [
    ...twice(at, machine.stages),
    ...unknown(`${at}.initial`, machine.initial),
    ...conditionProblems(`${at}.applies`, machine.applies, known),
    ...machine.transitions.flatMap(({ from, to, when }, i) => [
      ...[...from, to].flatMap((name) => unknown(`${at}.transitions.${i}`, name)),
      ...conditionProblems(`${at}.transitions.${i}.when`, when, known),
    ]),
    ...unreachable(machine).map((name) => `${at}.stages.${name}: no transition leads to it`),
  ];
}

function unreachable({ stages, initial, transitions }: MachineRule): string[] {
  const reached = new Set([initial, ...transitions.map(({ to }) => to)]);
  return stages.map(({ name }) => name).filter((name) => !reached.has(name));
}

function primaryProblems(document: SegmentsDocument): string[] {
  const check = (at: string, primary: Primary | undefined): string[] => {
    if (primary === undefined) return [];
    return [
      ...(Object.hasOwn(document.schemes, primary.tiers) ? [] : [`${at}.tiers: "${primary.tiers}" is no scheme`]),
      ...(Object.hasOwn(document.machines, primary.stages) ? [] : [`${at}.stages: "${primary.stages}" is no machine`]),
    ];
  };
  const industryOf = (at: string, industry: string | undefined): string[] =>
    industry === undefined || Object.hasOwn(document.industries, industry)
      ? []
      : [`${at}: "${industry}" is no industry`];
  return [
    ...check('primary', document.primary),
    ...industryOf('industry', document.industry),
    ...Object.entries(document.industries).flatMap(([name, { primary }]) =>
      check(`industries.${name}.primary`, primary),
    ),
    ...Object.entries(document.tenants).flatMap(([name, { industry, primary }]) => [
      ...industryOf(`tenants.${name}.industry`, industry),
      ...check(`tenants.${name}.primary`, primary),
    ]),
  ];
}

/** A preset that sets what nothing reads is a misspelling. */
function parameterProblems({ parameters, industries }: SegmentsDocument): string[] {
  return Object.entries(industries).flatMap(([name, preset]) =>
    Object.keys(preset.parameters)
      .filter((parameter) => !Object.hasOwn(parameters, parameter))
      .map((parameter) => `industries.${name}.parameters: "${parameter}" is no parameter of this file`),
  );
}

function twice(at: string, named: readonly { readonly name: string }[]): string[] {
  const names = named.map(({ name }) => name);
  return names.filter((name, i) => names.indexOf(name) < i).map((name) => `${at}: "${name}" stands there twice`);
}

/** Names that the stored state of a customer could not tell apart. */
function nameProblems(document: SegmentsDocument, featureNames: readonly string[]): string[] {
  try {
    compileSegments('', document, featureNames);
    return [];
  } catch (error) {
    if (error instanceof RangeError) return [`file: ${error.message}`];
    throw error;
  }
}

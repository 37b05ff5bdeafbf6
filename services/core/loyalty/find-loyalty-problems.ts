import type { LoyaltyDocument } from './loyalty-document.ts';
import { isProtectedAttribute } from './protected-attributes.ts';

/** What a schema cannot see, one sentence each, beginning with the place in the file. */
export function findLoyaltyProblems(
  document: LoyaltyDocument,
  /** Stages by machine of the segment configuration. */
  stages: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return [...levelProblems(document), ...catalogueProblems(document), ...matrixProblems(document, stages)];
}

function levelProblems({ levels }: LoyaltyDocument): string[] {
  const problems = levels[0]?.from_spend === 0 ? [] : ['levels.0.from_spend: must be 0, so that everybody has a level'];
  for (const [i, { name, from_spend }] of levels.entries()) {
    const before = levels[i - 1];
    if (before !== undefined && from_spend <= before.from_spend) {
      problems.push(`levels.${i}.from_spend: must be more than that of ${before.name}`);
    }
    if (levels.findIndex((each) => each.name === name) < i) problems.push(`levels.${i}.name: "${name}" is there twice`);
  }
  return problems;
}

function catalogueProblems({ benefits }: LoyaltyDocument): string[] {
  return Object.entries(benefits.catalogue).flatMap(([id, { changes_price, discount_share, only_for }]) => {
    const place = `benefits.catalogue.${id}`;
    const problems: string[] = [];
    if (discount_share > 0 && !changes_price) {
      problems.push(`${place}.changes_price: a discount changes the price; say true`);
    }
    for (const attribute of changes_price ? Object.keys(only_for) : []) {
      if (!isProtectedAttribute(attribute)) continue;
      problems.push(`${place}.only_for: "${attribute}" is a protected attribute, and no price may depend on one`);
    }
    return problems;
  });
}

function matrixProblems(
  { levels, benefits: { machine, matrix, catalogue } }: LoyaltyDocument,
  stages: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const known = stages.get(machine);
  if (known === undefined) return [`benefits.machine: "${machine}" is no machine of the segment configuration`];
  const names = new Set(levels.map(({ name }) => name));
  const problems: string[] = [];
  for (const level of names) {
    for (const stage of known) {
      if (matrix[level]?.[stage] === undefined) {
        problems.push(
          `benefits.matrix.${level}: has nothing for the stage ${stage}; write [] where it has no benefits`,
        );
      }
    }
  }
  for (const [level, row] of Object.entries(matrix)) {
    if (!names.has(level)) problems.push(`benefits.matrix.${level}: is none of the levels`);
    for (const [stage, ids] of Object.entries(row)) {
      const place = `benefits.matrix.${level}.${stage}`;
      if (!known.has(stage)) problems.push(`${place}: is no stage of ${machine}`);
      for (const id of ids) {
        if (!Object.hasOwn(catalogue, id)) problems.push(`${place}: "${id}" is none of the benefits of the catalogue`);
      }
    }
  }
  return problems;
}

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** One series selector of an expression. */
export interface PromqlSelector {
  /** Null where the series are named by a matcher on `__name__` alone. */
  readonly metric: string | null;
  /** As written: `job=~"$job"`. */
  readonly matchers: readonly string[];
  /** The range it is read over, `5m`; null for an instant. */
  readonly range: string | null;
  /** The function it is the argument of, directly; null for none. */
  readonly calledBy: string | null;
}

export interface PromqlFacts {
  /** Where it does not parse, with what stands there; empty when it does. */
  readonly errors: readonly string[];
  readonly selectors: readonly PromqlSelector[];
}

/** What Grafana puts in place of its variables outside of strings. */
const grafanaVariables: readonly (readonly [RegExp, string])[] = [
  [/\$__rate_interval/g, '5m'],
  [/\$__interval/g, '1m'],
  [/\$__range/g, '1h'],
];

/** Puts numbers in the place of Grafana's intervals. */
export function withoutIntervals(expression: string): string {
  return grafanaVariables.reduce((text, [pattern, value]) => text.replaceAll(pattern, value), expression);
}

/** Reads an expression with the grammar of Prometheus' own editor. */
export function readPromql(expression: string): PromqlFacts {
  const text = withoutIntervals(expression);
  const errors: string[] = [];
  const selectors: PromqlSelector[] = [];
  parser.parse(text).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) errors.push(`at ${from}: "${text.slice(from, to) || text.slice(from, from + 20)}"`);
      if (type.name === 'VectorSelector') selectors.push(readSelector(node, text));
    },
  });
  return { errors: text.trim() === '' ? ['it is empty'] : errors, selectors };
}

function readSelector(node: SyntaxNode, text: string): PromqlSelector {
  const of = ({ from, to }: SyntaxNode): string => text.slice(from, to);
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  const matrix = node.parent?.type.name === 'MatrixSelector' ? node.parent : null;

  return {
    metric: name === null ? null : of(name),
    matchers: matchers.map(of),
    range: matrix === null ? null : (/\[(.*)\]/.exec(of(matrix))?.[1] ?? ''),
    calledBy: callerOf(matrix ?? node, text),
  };
}

function callerOf(node: SyntaxNode, text: string): string | null {
  let above = node.parent;
  while (
    above !== null &&
    ['OffsetExpr', 'StepInvariantExpr', 'ParenExpr', 'FunctionCallBody'].includes(above.type.name)
  ) {
    above = above.parent;
  }
  const name = above?.type.name === 'FunctionCall' ? above.getChild('FunctionIdentifier') : null;
  return name == null ? null : text.slice(name.from, name.to);
}

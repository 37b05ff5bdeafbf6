import { isAnswer, type SurveyDimension, type SurveyKind } from '../../core/surveys/survey.ts';

/** What somebody answered behind a link. */
export interface GivenAnswer {
  readonly score: number;
  readonly dimensions: readonly { readonly dimension: SurveyDimension; readonly score: number }[];
}

export interface AnswerForm {
  readonly kind: SurveyKind;
  readonly dimensions: readonly SurveyDimension[];
}

/** The name of the field of a dimension. */
export function dimensionField(dimension: SurveyDimension): string {
  return `dimension-${dimension}`;
}

/**
 * Reads the fields of a form, or of a JSON object with `score` and `dimensions`. Dimensions may be left out, the score
 * may not. A text says what is wrong, naming the field.
 */
export function readGivenAnswer(body: unknown, { kind, dimensions }: AnswerForm): GivenAnswer | string {
  const read = body instanceof URLSearchParams ? formReader(body) : jsonReader(body);
  const score = read('score');
  if (score === null || !isAnswer(kind, score)) return `score: ${wanted(kind)}`;
  const given: { dimension: SurveyDimension; score: number }[] = [];
  for (const dimension of dimensions) {
    const value = read(dimensionField(dimension));
    if (value === null) continue;
    if (!isAnswer(kind, value)) return `${dimension}: ${wanted(kind)}`;
    given.push({ dimension, score: value });
  }
  return { score, dimensions: given };
}

function wanted(kind: SurveyKind): string {
  return kind === 'csat' ? 'must be a whole number from 1 to 5' : 'must be a whole number from 0 to 10';
}

type Reader = (field: string) => number | null;

/** NaN for what is no number; null for what is not there. */
function formReader(form: URLSearchParams): Reader {
  return (field) => {
    const text = form.get(field) ?? '';
    if (text === '') return null;
    return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  };
}

function jsonReader(body: unknown): Reader {
  const { score, dimensions } = asObject(body);
  const named = asObject(dimensions);
  return (field) => {
    const value = field === 'score' ? score : named[field.replace(/^dimension-/, '')];
    if (value === undefined || value === null) return null;
    return typeof value === 'number' ? value : Number.NaN;
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

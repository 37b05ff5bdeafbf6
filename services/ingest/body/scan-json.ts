/** Where the first fault of a JSON text is, and where the elements of one array in it begin and end. */
export interface JsonScan {
  /** Index of the first character that no JSON text may have there; null when the text is valid. */
  readonly errorAt: number | null;
  readonly elements: readonly JsonSpan[];
}

/** Half-open range of characters. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** Asks for the elements of the text itself, which is a list. */
export const rootList = Symbol('root list');

type Token = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'scalar';
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

const space = /[ \t\n\r]*/y;
const scalar = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Walks over a JSON text without building values: JSON.parse says neither where a fault is (without quoting what the
 * client sent) nor which bytes an element had. Nesting costs no stack.
 * @param member top-level member whose array elements are wanted, or the text itself; null when none are
 */
export function scanJson(text: string, member: string | typeof rootList | null): JsonScan {
  const open: ('{' | '[')[] = [];
  const finder = createElementFinder(text, member);
  let expected: Expected = 'value';
  let at = endOf(space, text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    const end = token === 'string' ? endOfString(text, at) : token === 'scalar' ? endOf(scalar, text, at) : at + 1;
    const next = advance(expected, token, open);
    if (end < 0) return { errorAt: -end, elements: [] };
    if (end === at || next === null) return { errorAt: at, elements: [] };
    finder.see({ token, start: at, end, isKey: expected.startsWith('key'), depth: open.length, closed: next });
    expected = next;
    at = endOf(space, text, end);
  }
  return { errorAt: expected === 'nothing' ? null : at, elements: finder.elements };
}

function tokenAt(text: string, at: number): Token {
  const char = text[at];
  if (char === '"') return 'string';
  return '{}[],:'.includes(char) ? (char as Token) : 'scalar';
}

/** End of the match at `at`; `at` itself when there is none. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Index after the closing quote; minus the index of the fault when the string is broken. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -at;
    if (code === 0x5c) {
      const end = endOf(escape, text, at);
      if (end === at) return -at;
      at = end - 1;
    }
  }
  return -text.length;
}

/** What may follow after `token`; null when `token` may not stand here. Keeps `open` up to date. */
function advance(expected: Expected, token: Token, open: ('{' | '[')[]): Expected | null {
  const inObject = open[open.length - 1] === '{';
  switch (expected) {
    case 'value':
    case 'value or ]':
      if (token === ']') return expected === 'value or ]' ? close(open) : null;
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'key or }' : 'value or ]';
      }
      return token === 'string' || token === 'scalar' ? afterValue(open) : null;
    case 'key':
    case 'key or }':
      if (token === 'string') return ':';
      return token === '}' && expected === 'key or }' ? close(open) : null;
    case ':':
      return token === ':' ? 'value' : null;
    case ', or end':
      if (token === ',') return inObject ? 'key' : 'value';
      return token === (inObject ? '}' : ']') ? close(open) : null;
    case 'nothing':
      return null;
  }
}

function close(open: ('{' | '[')[]): Expected {
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly unknown[]): Expected {
  return open.length === 0 ? 'nothing' : ', or end';
}

interface SeenToken extends JsonSpan {
  readonly token: Token;
  readonly isKey: boolean;
  /** Open objects and arrays after the token. */
  readonly depth: number;
  readonly closed: Expected;
}

function createElementFinder(text: string, member: string | typeof rootList | null) {
  const elements: JsonSpan[] = [];
  /** Open objects and arrays between two elements. */
  const base = member === rootList ? 1 : 2;
  let isMember = member === rootList;
  let inside = false;
  let start = -1;
  return {
    elements,
    see(seen: SeenToken): void {
      if (member === null) return;
      const { token, depth } = seen;
      if (seen.isKey && depth === 1 && base === 2 && token === 'string') {
        isMember = JSON.parse(text.slice(seen.start, seen.end)) === member;
      }
      const wasInside = inside;
      if (depth === base && token === '[' && isMember && !inside) {
        // Of a member that stands twice, the last one counts, as in JSON.parse.
        elements.length = 0;
        inside = true;
      } else if (depth < base) inside = false;
      if (!wasInside || !inside || token === ',') return;
      if (start < 0) start = seen.start;
      if (depth === base && seen.closed === ', or end') {
        elements.push({ start, end: seen.end });
        start = -1;
      }
    },
  };
}

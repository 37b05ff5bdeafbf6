type Token = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'scalar';
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

const space = /[ \t\n\r]*/y;
const scalar = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Index of the first character that no JSON text may have there, the length of a text that ends too early; null where
 * the text is valid. JSON.parse does not say it without quoting what the client sent. Nesting costs no stack.
 */
export function findFault(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = endOf(space, text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    const end = token === 'string' ? endOfString(text, at) : token === 'scalar' ? endOf(scalar, text, at) : at + 1;
    const next = advance(expected, token, open);
    if (end < 0) return -end;
    if (end === at || next === null) return at;
    expected = next;
    at = endOf(space, text, end);
  }
  return expected === 'nothing' ? null : at;
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

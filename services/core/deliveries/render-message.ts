import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { MessageLanguage } from './message-language.ts';

/** One language of a template; `{{name}}` stands for a variable. */
export interface MessageWording {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MessageTemplate {
  readonly en: MessageWording;
  readonly zhCN: MessageWording;
}

/** What stands for the variables, by name. `html` where a variable is no plain text in HTML, such as a picture. */
export type MessageVariables = Readonly<Record<string, BilingualText & { readonly html?: string }>>;

export interface RenderedMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Between the two languages of one message. */
const textDivider = '\n\n----\n\n';
const htmlDivider = '\n<hr>\n';
const variable = /\{\{\s*([a-zA-Z][\w.-]*)\s*\}\}/g;

/**
 * Puts the variables into a template. What they hold is text and never template or HTML again; in the subject every line
 * break is a space, so that no value can begin another header. A variable that nobody knows is left out.
 */
export function renderMessage(
  template: MessageTemplate,
  language: MessageLanguage,
  variables: MessageVariables,
): RenderedMessage {
  const parts = (['en', 'zhCN'] as const)
    .filter((each) => language === 'both' || (each === 'en') === (language === 'en'))
    .map((each) => renderWording(template[each], each, variables));
  return {
    subject: parts.map(({ subject }) => subject).join(' / '),
    text: parts.map(({ text }) => text).join(textDivider),
    html: parts.map(({ html }) => html).join(htmlDivider),
  };
}

function renderWording(wording: MessageWording, language: 'en' | 'zhCN', variables: MessageVariables): RenderedMessage {
  const fill = (text: string, say: (name: string) => string): string =>
    text.replaceAll(variable, (_match, name: string) => (Object.hasOwn(variables, name) ? say(name) : ''));
  const plain = (name: string): string => variables[name][language];
  return {
    subject: fill(wording.subject, plain)
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
    text: fill(wording.text, plain),
    html: fill(wording.html, (name) => variables[name].html ?? escapeHtml(plain(name))),
  };
}

/** The names of the variables that a template asks for. */
export function variablesOf({ en, zhCN }: MessageTemplate): ReadonlySet<string> {
  const texts = [en, zhCN].flatMap(({ subject, text, html }) => [subject, text, html]);
  return new Set(texts.flatMap((text) => [...text.matchAll(variable)].map(([, name]) => name)));
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => signs[sign]);
}

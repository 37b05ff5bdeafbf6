import type { BilingualText } from '../reasons/bilingual-text.ts';
import type { EpochMs } from '../units.ts';
import type { MessagePayload } from './message-payload.ts';
import { escapeHtml, type MessageVariables } from './render-message.ts';

/** Names of the variables that every message has; links stand beside them as `link.<name>`. */
export const messageVariableNames = ['message', 'customer', 'offer', 'expires', 'shop', 'pixel'] as const;

export interface MessageFacts {
  readonly payload: MessagePayload;
  readonly customerRef: string | null;
  readonly shop: BilingualText;
  /** Of the customer. */
  readonly timezone: string;
  /** Addresses by name, as they stand in the message: those that are counted, where they are. */
  readonly links: Readonly<Record<string, string>>;
  /** Address of the picture that tells of opening; null without tracking. */
  readonly pixel: string | null;
}

/** What a message says in place of its variables. */
export function messageVariables(facts: MessageFacts): MessageVariables {
  const { payload, customerRef, shop, timezone, links, pixel } = facts;
  const { offer, expiresAt, text } = payload;
  const entries = Object.entries(links).map(([name, url]) => [`link.${name}`, same(url)] as const);
  const picture = pixel === null ? '' : `<img src="${escapeHtml(pixel)}" width="1" height="1" alt="">`;
  const own = {
    customer: same(customerRef ?? ''),
    offer: offer ?? same(''),
    expires: expiresAt === null ? same('') : dateOf(expiresAt, timezone),
    shop,
  };
  return {
    ...Object.fromEntries(entries),
    ...own,
    // A playbook's text may itself name a variable; what it is filled with is text only.
    message: { en: fillOwn(text.en, own, 'en'), zhCN: fillOwn(text.zhCN, own, 'zhCN') },
    pixel: { ...same(''), html: picture },
  };
}

function same(text: string): BilingualText {
  return { en: text, zhCN: text };
}

function fillOwn(text: string, own: Readonly<Record<string, BilingualText>>, language: 'en' | 'zhCN'): string {
  return text.replaceAll(/\{\{\s*([a-z]+)\s*\}\}/g, (_match, name: string) =>
    Object.hasOwn(own, name) ? own[name][language] : '',
  );
}

function dateOf(at: EpochMs, timeZone: string): BilingualText {
  const inLanguage = (language: string): string =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' }).format(at);
  return { en: inLanguage('en-GB'), zhCN: inLanguage('zh-CN') };
}

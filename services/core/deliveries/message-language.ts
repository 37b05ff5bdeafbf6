/** Languages of messages; `both` where nobody knows which one the customer reads. */
export const messageLanguages = ['en', 'zh-CN', 'both'] as const;

export type MessageLanguage = (typeof messageLanguages)[number];

/** The language of messages for a customer who says `zh-Hans-CN`, `en_GB` …; null for any other one and for none. */
export function messageLanguageOf(said: string | null): MessageLanguage | null {
  const [language = ''] = (said ?? '').toLowerCase().split(/[-_]/, 1);
  if (language === 'zh') return 'zh-CN';
  return language === 'en' ? 'en' : null;
}

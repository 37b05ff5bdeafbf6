import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageVariables } from '../../../../services/core/deliveries/message-variables.ts';
import { type MessageTemplate, renderMessage } from '../../../../services/core/deliveries/render-message.ts';
import { messageLanguageOf } from '../../../../services/core/deliveries/message-language.ts';

const template: MessageTemplate = {
  en: { subject: 'From {{shop}}', text: 'Dear {{customer}}: {{ message }}{{nobody}}', html: '<p title="{{customer}}">{{message}}</p>{{pixel}}' }, // prettier-ignore
  zhCN: { subject: '来自{{shop}}', text: '{{message}} {{expires}} {{link.shop}}', html: '<a href="{{link.shop}}">{{offer}}</a>' }, // prettier-ignore
};
const payload = {
  purpose: 'care' as const,
  text: { en: 'A gift: {{offer}}', zhCN: '礼物：{{offer}}' },
  offer: { en: 'Tea & <cake>', zhCN: '茶' },
  expiresAt: Date.UTC(2026, 0, 31, 20),
  at: 0,
};
const facts = {
  ...{ payload, customerRef: '42', shop: { en: 'Demo', zhCN: '演示' }, timezone: 'Asia/Shanghai' },
  links: { shop: 'https://shop.example/?a=1&b=2' },
  pixel: 'https://t.example/x.gif',
};

describe('a message', () => {
  it('is in the language of the customer, or in both', () => {
    const variables = messageVariables(facts);
    const en = renderMessage(template, 'en', variables);
    expect(en.subject).toBe('From Demo');
    expect(en.text).toBe('Dear 42: A gift: Tea & <cake>');
    expect(en.html).toBe(
      '<p title="42">A gift: Tea &amp; &lt;cake&gt;</p><img src="https://t.example/x.gif" width="1" height="1" alt="">',
    );
    const zh = renderMessage(template, 'zh-CN', variables);
    expect(zh.text).toBe('礼物：茶 2026年2月1日 https://shop.example/?a=1&b=2');
    expect(zh.html).toBe('<a href="https://shop.example/?a=1&amp;b=2">茶</a>');
    const both = renderMessage(template, 'both', variables);
    expect(both.subject).toBe('From Demo / 来自演示');
    expect(both.text).toContain(en.text);
    expect(both.text).toContain(zh.text);
  });

  it('takes nothing that a value holds for a variable, for HTML or for a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = `${text}"><script>{{shop}}\r\nBcc: x`;
        const variables = messageVariables({ ...facts, customerRef: said, shop: { en: said, zhCN: said } });
        const { subject, text: plain, html } = renderMessage(template, 'en', variables);
        expect(subject).not.toMatch(/[\r\n]/);
        expect(plain).toContain(`Dear ${said}:`);
        const inside = html.slice('<p title="'.length, html.indexOf('">A gift'));
        expect(inside).not.toMatch(/["<>]/);
      }),
    );
  });

  it.each([
    ['zh-Hans-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en_GB', 'en'],
    ['EN', 'en'],
    ['de', null],
    ['', null],
    [null, null],
  ])('for who says %s is in %s', (said, language) => {
    expect(messageLanguageOf(said)).toBe(language);
  });
});

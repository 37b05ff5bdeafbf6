import type { ContactLink, LinkTokens } from './contact-links.ts';

/** Signs texts so that they come back as they were; null for any other. */
interface TextTokens {
  sign(text: string): string;
  read(token: string): string | null;
}

/** What stands in a link, as a list: it has to fit into an address. */
export function createLinkTokens(tokens: TextTokens): LinkTokens {
  return {
    sign({ tenant, channel, contactId, link }: ContactLink) {
      const parts = link === null ? [] : [link.name, link.url];
      return tokens.sign(JSON.stringify([tenant, channel, contactId, ...parts]));
    },
    read(token) {
      const text = tokens.read(token);
      if (text === null) return null;
      const [tenant, channel, contactId, name, url] = JSON.parse(text) as string[];
      return { tenant, channel, contactId, link: url === undefined ? null : { name, url } };
    },
  };
}

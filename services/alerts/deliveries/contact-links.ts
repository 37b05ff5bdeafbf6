import type { Delivery } from '../../core/deliveries/delivery.ts';

/** Which message a link or picture belongs to, and where the link leads. */
export interface ContactLink {
  readonly tenant: string;
  readonly channel: string;
  readonly contactId: string;
  /** Null for the picture that tells of opening. */
  readonly link: { readonly name: string; readonly url: string } | null;
}

/** Makes the addresses that stand in a message, so that opening it and following its links is known. */
export interface ContactLinks {
  pixel(message: Pick<Delivery, 'tenant' | 'target' | 'id'>): string;
  click(
    message: Pick<Delivery, 'tenant' | 'target' | 'id'>,
    link: { readonly name: string; readonly url: string },
  ): string;
}

/** Signs and reads tokens; whoever has not the key can make none. */
export interface LinkTokens {
  sign(link: ContactLink): string;
  /** Null for a forged or broken token. */
  read(token: string): ContactLink | null;
}

/** @param base public address of alerts, without a slash at its end */
export function createContactLinks(tokens: LinkTokens, base: string): ContactLinks {
  return {
    pixel: ({ tenant, target, id }) =>
      `${base}/t/o/${tokens.sign({ tenant, channel: target, contactId: id, link: null })}.gif`,
    click: ({ tenant, target, id }, link) =>
      `${base}/t/c/${tokens.sign({ tenant, channel: target, contactId: id, link })}`,
  };
}

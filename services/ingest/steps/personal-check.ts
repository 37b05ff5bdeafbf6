import { looksPersonal } from './personal-data.ts';
import type { CustomerIds } from './read-customer.ts';

/** Whether a text must not stand in clear in an event of one customer. */
export type PersonalCheck = (text: string) => boolean;

/** Shorter ids are found as whole texts only: inside others they would be there by chance. */
const findableLength = 8;

/** Texts are personal that look so by themselves, that are an id of this customer, or that hold a long one. */
export function createPersonalCheck({ user, anonymous }: CustomerIds): PersonalCheck {
  return (text) => shows(text, user) || shows(text, anonymous) || looksPersonal(text);
}

function shows(text: string, id: string | null): boolean {
  if (id === null || text.length < id.length) return false;
  return text.trim() === id || (id.length >= findableLength && text.includes(id));
}

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether an id is an e-mail address (a name, one at sign, a domain with a dot). */
export function isEmail(id: string): boolean {
  return id.includes('@') && emailPattern.test(id);
}

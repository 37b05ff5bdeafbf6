/** The URL without user and password, for messages. */
export function hideCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}

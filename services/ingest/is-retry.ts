/** Whether the client says that it sent this before: Segment's SDKs count repetitions, PostHog's the attempts. */
export function isRetry(headers: Readonly<Record<string, string | readonly string[] | undefined>>): boolean {
  return Number(headers['x-retry-count'] ?? 0) > 0 || Number(headers['posthog-attempt'] ?? 1) > 1;
}

import type { HTTPClient, HTTPClientRequest, HTTPResponse } from '@segment/analytics-node';
import type { AnswerLedger } from './answer-ledger.ts';

/**
 * The Segment client looks at the status only. This HTTP client passes the same request on and, on the way back, books
 * what ingest said about each message.
 */
export function createAnswerReadingClient(ledger: AnswerLedger): HTTPClient {
  return {
    async makeRequest(request: HTTPClientRequest): Promise<HTTPResponse> {
      const messageIds = readMessageIds(request.body);
      const { response, text } = await exchange(request).catch((error: unknown) => {
        ledger.noteLost(messageIds);
        throw error;
      });
      if (response.ok) ledger.noteAnswer(messageIds, readResults(text));
      return {
        status: response.status,
        statusText: response.statusText,
        headers: Object.fromEntries(response.headers),
        text: () => Promise.resolve(text),
      };
    },
  };
}

async function exchange(request: HTTPClientRequest): Promise<{ response: Response; text: string }> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    body: request.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(request.httpRequestTimeout),
  });
  return { response, text: await response.text() };
}

function readMessageIds(body: string): string[] {
  const { batch } = JSON.parse(body) as { batch: readonly { messageId: string }[] };
  return batch.map((event) => event.messageId);
}

function readResults(text: string): Readonly<Record<string, unknown>> {
  try {
    const body = JSON.parse(text) as { results?: Record<string, unknown> };
    return body.results ?? {};
  } catch {
    return {};
  }
}

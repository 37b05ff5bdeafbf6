/** What one request, one event and the whole service may hold. Sizes are bytes after decompression. */
export const ingestLimits = {
  bodyBytes: 8 * 1024 * 1024,
  /** Where TIDEWATCH_MAX_EVENT_BYTES says nothing else. */
  eventBytes: 32 * 1024,
  eventsPerRequest: 10_000,
  /** Unfinished requests of all clients together; beyond either, requests are answered 503 before they are read. */
  requestsInFlight: 256,
  bytesInFlight: 64 * 1024 * 1024,
  /** A body whose sender has not shown a key yet must come this fast from its start on, after some time for free. */
  strangersPace: { freeMs: 5_000, bytesPerSecond: 8 * 1024 },
  /** How long a request waits for Kafka before it is answered 503; shorter than the clients' own 10 s. */
  acknowledgeMs: 5_000,
  idCharacters: 256,
  wordCharacters: 128,
  /** Minor units of any currency; sums over a customer's life stay exact. */
  amountMinor: 1e14,
  nestingDepth: 64,
  attributes: 64,
  attributeDepth: 3,
  attributeCharacters: 512,
  /** Personal fields sealed one by one; further ones share a field. */
  sealedFields: 64,
  /** A dead letter keeps at most this much of the original, so that one Kafka record can hold it. */
  deadLetterBytes: 768 * 1024,
  /** What a request says about all of its events is kept beside each refused one, up to this size. */
  deadLetterShareBytes: 64 * 1024,
} as const;

import type { DeadLetterRecord } from '../../core/events/dead-letter.ts';

/** Why a letter can never be replayed, in a sentence that says what to do instead; null where nothing is known against it. */
export function replayObstacle(letter: DeadLetterRecord): string | null {
  if (letter.step.startsWith('ingest.')) return obstacleOfEvent(letter);
  if (letter.code === 'ERR_MODEL_OUTPUT') {
    return 'its event is in the features already, and the next event of the customer scores anew; drop it';
  }
  if (letter.step === 'scorer') return null;
  return 'it is about a record that the engine makes again by itself, no event; drop it';
}

function obstacleOfEvent({ code, dialect, call, channel, share }: DeadLetterRecord): string | null {
  if (code === 'ERR_SOURCE_OFF') {
    return 'its source was off, so nothing of its content was kept; have the source send it again once it has a purpose';
  }
  if (dialect === null || call === null || channel === null) {
    return 'it does not say how its event was translated; have the source send the event again';
  }
  return share === null ? 'it does not hold the whole event, which was too large; have the source send it again' : null;
}

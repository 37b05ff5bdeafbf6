import type { CustomerRecord } from '../../events/customer-record.ts';
import { channelCounter } from './channel-counter.ts';
import { readRemarks } from './read-remarks.ts';
import { readRating, readSurveyScore, type SurveyScore } from './read-score.ts';
import type { SignalDraft } from './signal-draft.ts';

/** Reads what a customer says: the channel it comes on, remarks on price and competitors, and a score where one is given. */
export function readVoice(record: CustomerRecord, draft: SignalDraft): void {
  draft.add(channelCounter(record.channel));
  readMatter(record, draft);
  if (record.type === 'survey.answered') addScore(draft, readSurveyScore(record));
  if (record.type === 'review.posted') addScore(draft, readRating(record));
}

/** Reads remarks on price and competitors alone. */
export function readMatter(record: CustomerRecord, draft: SignalDraft): void {
  const { onPrice, onCompetitor } = readRemarks(record);
  if (onPrice) draft.add('priceRemarks');
  if (onCompetitor) draft.add('competitorMentions');
}

function addScore(draft: SignalDraft, score: SurveyScore | null): void {
  if (score === null) return;
  if (score.isLow) draft.add('lowScores');
  if (score.kind === 'nps') draft.add('npsAnswers').add('npsSum', score.points);
  else draft.add('csatAnswers').add('csatSum', score.points);
}

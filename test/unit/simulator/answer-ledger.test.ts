import { describe, expect, it } from 'vitest';
import { createAnswerLedger } from '../../../simulator/answer-ledger.ts';

const accepted = { result: 'accepted' };
const duplicate = { result: 'duplicate' };

describe('the answer ledger', () => {
  it('counts each delivery under its answer', () => {
    const ledger = createAnswerLedger();
    ledger.noteAnswer(['a', 'b', 'c'], { a: accepted, b: { result: 'rejected' }, c: { result: 'conflict' } });
    ledger.noteAnswer(['a'], { a: duplicate });
    expect(ledger.counts()).toEqual({
      sent: 4,
      accepted: 1,
      duplicate: 1,
      rejected: 1,
      suppressed: 0,
      conflict: 1,
      unanswered: 0,
    });
  });

  it('counts a lost attempt whose repeat is called a duplicate as accepted', () => {
    const ledger = createAnswerLedger();
    ledger.noteLost(['a']);
    ledger.noteAnswer(['a'], { a: duplicate });
    ledger.noteAnswer(['a'], { a: duplicate });
    expect(ledger.counts()).toMatchObject({ sent: 2, accepted: 1, duplicate: 1 });
  });

  it('counts a lost second delivery as a duplicate when the first is known to be accepted', () => {
    const ledger = createAnswerLedger();
    ledger.noteAnswer(['a'], { a: accepted });
    ledger.noteLost(['a']);
    ledger.noteAnswer(['a'], { a: duplicate });
    expect(ledger.counts()).toMatchObject({ sent: 2, accepted: 1, duplicate: 1 });
  });

  it('counts a message that the answer does not name as unanswered, not as sent', () => {
    const ledger = createAnswerLedger();
    ledger.noteAnswer(['a', 'b'], { a: accepted, b: { result: 'what?' } });
    ledger.noteGivenUp(['c', 'd', 'e']);
    expect(ledger.counts()).toMatchObject({ sent: 1, accepted: 1, unanswered: 4 });
  });

  it('names what was given up, until another delivery of it is answered', () => {
    const ledger = createAnswerLedger();
    ledger.noteAnswer(['a'], { a: accepted });
    ledger.noteGivenUp(['a', 'b', 'c']);
    expect(ledger.openMessageIds()).toEqual(['b', 'c']);
    ledger.noteAnswer(['b'], { b: duplicate });
    expect(ledger.openMessageIds()).toEqual(['c']);
  });
});

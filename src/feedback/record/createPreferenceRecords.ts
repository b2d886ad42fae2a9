import type { PreferenceBatch, PreferenceRows, TextVersions } from '../../store/preferenceRows.ts';
import type { PreferenceWords } from '../../store/preferenceWords.ts';
import { FINGERPRINT_VERSION } from '../datasets/alike/fingerprint.ts';
import { CHECK_VERSION } from '../redact/createCheckText.ts';
import type { TextChecking } from './createTextChecking.ts';
import { factsOf, uncheckedIn } from './factsOf.ts';
import type { PreferenceRecords } from './PreferenceRecords.ts';
import { foundText, wordsOf } from './wordsOf.ts';

/** Some hundred answers. */
const BALLOTS_AT_ONCE = 2000;
const VERSIONS: TextVersions = { check: CHECK_VERSION, print: FINGERPRINT_VERSION };

/** The record from the database; see the port. */
export function createPreferenceRecords(deps: {
  readonly rows: PreferenceRows;
  readonly words: PreferenceWords;
  readonly checking: TextChecking;
}): PreferenceRecords {
  /** What nobody looked at yet is looked at, and read again with what was found. */
  async function checked(read: () => PreferenceBatch): Promise<PreferenceBatch> {
    const batch = read();
    const owed = uncheckedIn(batch);
    if (owed.length === 0) return batch;
    await deps.checking.answers(owed);
    return read();
  }

  return {
    async *read() {
      await deps.checking.addLateNames();
      for (let last = ''; ; ) {
        const from = last;
        const facts = factsOf(await checked(() => deps.rows.after(from, BALLOTS_AT_ONCE, VERSIONS)));
        if (facts.length === 0) return;
        yield facts;
        last = facts.at(-1)?.answerId ?? '';
      }
    },
    words: (answerIds) => wordsOf(deps.words.of(answerIds)),
    text(answerId, eventId) {
      const row = eventId === undefined ? deps.words.answer(answerId) : deps.words.correction(eventId);
      return row && foundText(...row);
    },
    async one(answerId) {
      await deps.checking.addLateNames();
      await deps.checking.answers([answerId]);
      const [facts] = factsOf(deps.rows.one(answerId, VERSIONS));
      const words = wordsOf(deps.words.of([answerId])).get(answerId);
      return facts && words && { facts, words };
    },
  };
}

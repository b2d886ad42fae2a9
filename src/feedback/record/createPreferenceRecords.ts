import type { PreferenceBatch, PreferenceRows, TextVersions } from '../../store/preferenceRows.ts';
import type { PreferenceWords } from '../../store/preferenceWords.ts';
import { FINGERPRINT_VERSION } from '../datasets/alike/fingerprint.ts';
import { CHECK_VERSION } from '../redact/createCheckText.ts';
import type { TextChecking } from './createTextChecking.ts';
import { factsOf, uncheckedIn } from './factsOf.ts';
import type { PreferenceFacts, PreferenceRecords, WantedWords } from './PreferenceRecords.ts';
import { foundText, rowsWanted, wordsIn } from './wordsIn.ts';

/** Some hundred answers. */
const BALLOTS_AT_ONCE = 2000;
const VERSIONS: TextVersions = { check: CHECK_VERSION, print: FINGERPRINT_VERSION };

/** The record from the database; see the port. */
export function createPreferenceRecords(deps: {
  readonly rows: PreferenceRows;
  readonly words: PreferenceWords;
  readonly checking: TextChecking;
}): PreferenceRecords {
  const { rows, checking } = deps;

  /** What nobody looked at yet is looked at, and the same answers are read again with what was found. */
  async function checked(batch: PreferenceBatch): Promise<PreferenceBatch> {
    const owed = uncheckedIn(batch);
    if (owed.length === 0) return batch;
    await checking.answers(owed);
    return rows.within(batch.firstId, batch.lastId, VERSIONS);
  }

  return {
    async *read() {
      await checking.addLateNames();
      for (let last = ''; ; ) {
        const batch = rows.after(last, BALLOTS_AT_ONCE, VERSIONS);
        const facts = factsOf(await checked(batch));
        if (facts.length > 0) yield facts;
        if (batch.isLast) return;
        last = batch.lastId;
      }
    },
    words: (wanted) => wordsIn(wanted, deps.words.of(rowsWanted(wanted))),
    text(answerId, eventId) {
      const row = eventId === undefined ? deps.words.answer(answerId) : deps.words.correction(eventId);
      return row && foundText(...row);
    },
    async one(answerId) {
      await checking.addLateNames();
      await checking.answers([answerId]);
      const [facts] = factsOf(rows.one(answerId, VERSIONS));
      const wanted = facts ? [wordsWanted(facts)] : [];
      const words = wordsIn(wanted, deps.words.of(rowsWanted(wanted))).get(answerId);
      return facts && words && { facts, words };
    },
  };
}

/** All the words that facts leave out. */
export function wordsWanted({ answerId, question, answer, passages, corrections }: PreferenceFacts): WantedWords {
  const hasFindings = question.findings.length + answer.findings.length > 0;
  return { answerId, hasFindings, passages, eventIds: corrections.map(({ eventId }) => eventId) };
}

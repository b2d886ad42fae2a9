import type { AnswerRange, PreferenceRows, TextVersions } from '../../store/preferenceRows.ts';
import type { PreferenceWords } from '../../store/preferenceWords.ts';
import { FINGERPRINT_VERSION } from '../datasets/alike/fingerprint.ts';
import { CHECK_VERSION } from '../redact/createCheckText.ts';
import type { TextChecking } from './createTextChecking.ts';
import { factsOf, uncheckedIn } from './factsOf.ts';
import type { PreferenceFacts, PreferenceReadings, PreferenceRecords, WantedWords } from './PreferenceRecords.ts';
import { foundText, rowsWanted, wordsIn } from './wordsIn.ts';

const VERSIONS: TextVersions = { check: CHECK_VERSION, print: FINGERPRINT_VERSION };

interface Deps {
  readonly rows: PreferenceRows;
  readonly words: PreferenceWords;
}

/** The record from the database; see the ports. */
export function createPreferenceReadings({ rows, words }: Deps): PreferenceReadings {
  return {
    within(range) {
      const batch = rows.within(range, VERSIONS);
      return uncheckedIn(batch).length > 0 ? undefined : factsOf(batch);
    },
    words: (wanted) => wordsIn(wanted, words.of(rowsWanted(wanted))),
    text(answerId, eventId) {
      const row = eventId === undefined ? words.answer(answerId) : words.correction(eventId);
      return row && foundText(...row);
    },
  };
}

export function createPreferenceRecords(
  deps: Deps & { readonly checking: TextChecking; readonly ballotsAtOnce: number },
): PreferenceRecords {
  const { rows, checking } = deps;
  const readings = createPreferenceReadings(deps);

  async function prepared(range: AnswerRange): Promise<PreferenceFacts[]> {
    await checking.answers(uncheckedIn(rows.within(range, VERSIONS)));
    return factsOf(rows.within(range, VERSIONS));
  }

  return {
    ...readings,
    prepared,
    async ranges() {
      await checking.addLateNames();
      return rows.ranges(deps.ballotsAtOnce);
    },
    async one(answerId) {
      await checking.addLateNames();
      await checking.answers([answerId]);
      const [facts] = factsOf(rows.one(answerId, VERSIONS));
      const words = facts && readings.words([wordsWanted(facts)]).get(answerId);
      return facts && words && { facts, words };
    },
  };
}

/** All the words that facts leave out. */
export function wordsWanted({ answerId, question, answer, passages, corrections }: PreferenceFacts): WantedWords {
  const hasFindings = question.findings.length + answer.findings.length > 0;
  return { answerId, hasFindings, passages, eventIds: corrections.map(({ eventId }) => eventId) };
}

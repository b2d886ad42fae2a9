import type { PreferenceRows } from '../../store/preferenceRows.ts';
import { FINGERPRINT_VERSION } from '../datasets/alike/fingerprint.ts';
import type { TextChecking } from './createTextChecking.ts';
import type { PreferenceRecords } from './PreferenceRecords.ts';
import { recordsOf } from './recordsOf.ts';

const ANSWERS_AT_ONCE = 200;

/** The record from the database; see the port. */
export function createPreferenceRecords(deps: {
  readonly rows: PreferenceRows;
  readonly checking: TextChecking;
}): PreferenceRecords {
  return {
    async *read() {
      await deps.checking.settle();
      for (let last = ''; ; ) {
        const records = recordsOf(deps.rows.after(last, ANSWERS_AT_ONCE, FINGERPRINT_VERSION));
        if (records.length === 0) return;
        yield records;
        last = records.at(-1)?.answerId ?? '';
      }
    },
    async one(answerId) {
      await deps.checking.answer(answerId);
      return recordsOf(deps.rows.one(answerId, FINGERPRINT_VERSION))[0];
    },
  };
}

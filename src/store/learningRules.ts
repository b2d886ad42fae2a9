import type { Database } from './database.ts';
import type { Settings } from './settings.ts';

/** Owes every answer of ours with feedback to the index anew when the rules are others than the last time. */
export type ApplyLearningRules = (rules: string) => void;

const KEY = 'learning-rules';

export function createApplyLearningRules(db: Database, settings: Settings): ApplyLearningRules {
  return (rules) => {
    db.transaction(() => {
      if (settings.get(KEY) === rules) return;
      settings.set(KEY, rules);
      db.run(
        `INSERT INTO learn_owed SELECT answer_id, 1 FROM feedback_present
         WHERE answer_id IN (SELECT answer_id FROM served WHERE origin = 'asked') GROUP BY answer_id
         ON CONFLICT DO UPDATE SET mark = mark + 1`,
      );
    });
  };
}

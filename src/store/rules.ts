import type { Database } from './database.ts';
import type { Settings } from './settings.ts';

export interface Rules {
  /** The version of how words are made of texts. */
  readonly words: string;
  /** The version of how messages are linked. */
  readonly linker: string;
}

/**
 * Holds the rules of now against those that the database was filled by: what another version made is marked to be made
 * again, in the background, from what is stored.
 */
export type ApplyRules = (rules: Rules) => void;

export function createApplyRules(db: Database, settings: Settings): ApplyRules {
  return (rules) =>
    db.transaction(() => {
      if (settings.once('rules-words', () => rules.words) !== rules.words) {
        // Filed under no audience: they are tokenized and filed again like passages whose source moved.
        db.run('UPDATE passages SET indexed_audience_id = 0 WHERE live = 1');
        db.run('UPDATE sources SET moving = 1');
        settings.set('rules-words', rules.words);
      }
      if (settings.once('rules-linker', () => rules.linker) !== rules.linker) {
        db.run('UPDATE messages SET linked = 0');
        settings.set('rules-linker', rules.linker);
      }
    });
}

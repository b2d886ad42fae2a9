import type { PersonFacts, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { ImportJob } from './ImportJob.ts';

/** The people of an export that has no list of them: whoever is named in its messages. */
export interface ExportedPeople {
  add(people: readonly PersonFacts[]): void;
  /** Tells `ingest` who is new or called something else. */
  declare(): Promise<void>;
}

export function createExportedPeople(job: ImportJob, space: SpaceFacts): ExportedPeople {
  const known = new Map<string, PersonFacts>();
  const waiting = new Map<string, PersonFacts>();
  return {
    add(people) {
      for (const person of people) {
        const before = known.get(person.id);
        if (before?.name === person.name && before.handle === person.handle && before.isBot === person.isBot) continue;
        known.set(person.id, person);
        waiting.set(person.id, person);
      }
    },
    async declare() {
      if (waiting.size === 0) return;
      const people = [...waiting.values()];
      waiting.clear();
      await job.ingest.space(space, people);
    },
  };
}

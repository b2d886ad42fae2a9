import type { Changes, Ingest, PersonFacts, SourceFacts, SpaceFacts } from '../../../src/knowledge/ingest/Ingest.ts';
import type { Message } from '../../../src/knowledge/Message.ts';

export interface RecordedSource extends SourceFacts {
  readonly messages: Map<string, Message>;
  readonly pages: Map<string, { title: string; url: string }>;
}

export interface RecordingIngest extends Ingest {
  readonly spaces: Map<string, SpaceFacts>;
  readonly people: Map<string, PersonFacts>;
  readonly sources: Map<string, RecordedSource>;
  /** The sizes of the batches that came. */
  readonly batches: number[];
  /** All texts of a source, in the order of time. */
  texts(key: string): string[];
}

/** The port of knowledge in memory: keeps what it is told, and counts changes as the real one owes. */
export function createRecordingIngest(options: { onBatch?: (count: number) => void } = {}): RecordingIngest {
  const spaces = new Map<string, SpaceFacts>();
  const people = new Map<string, PersonFacts>();
  const sources = new Map<string, RecordedSource>();
  const byId: RecordedSource[] = [];
  const batches: number[] = [];
  const store = <T>(map: Map<string, T>, key: string, value: T): Changes => {
    const before = map.get(key);
    map.set(key, value);
    const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(value);
    return { added: before ? 0 : 1, changed: before && !isSame ? 1 : 0, unchanged: isSame ? 1 : 0, removed: 0 };
  };
  return {
    spaces,
    people,
    sources,
    batches,
    texts: (key) =>
      [...(sources.get(key)?.messages.values() ?? [])].sort((a, b) => a.atUs - b.atUs).map(({ text }) => text),
    async space(space, persons) {
      spaces.set(space.id, space);
      for (const person of persons) people.set(person.id, person);
    },
    async source(facts) {
      const before = sources.get(facts.key);
      const source = { ...facts, messages: before?.messages ?? new Map(), pages: before?.pages ?? new Map() };
      sources.set(facts.key, source);
      return byId.push(source) - 1;
    },
    async messages(id, messages) {
      batches.push(messages.length);
      let changes: Changes = { added: 0, changed: 0, unchanged: 0, removed: 0 };
      for (const message of messages) {
        const { added, changed, unchanged } = store(byId[id]?.messages ?? new Map(), message.id, message);
        changes = {
          added: changes.added + added,
          changed: changes.changed + changed,
          unchanged: changes.unchanged + unchanged,
          removed: 0,
        };
      }
      options.onBatch?.(batches.length);
      return changes;
    },
    async page(id, key, page, url) {
      return store(byId[id]?.pages ?? new Map(), key, { title: page.title, url });
    },
    async keepOnly(id, keys) {
      const pages = byId[id]?.pages ?? new Map();
      const gone = [...pages.keys()].filter((key) => !keys.has(key));
      for (const key of gone) pages.delete(key);
      return { added: 0, changed: 0, unchanged: 0, removed: gone.length };
    },
    async drop(id, keys) {
      const pages = byId[id]?.pages ?? new Map();
      const gone = keys.filter((key) => pages.delete(key));
      return { added: 0, changed: 0, unchanged: 0, removed: gone.length };
    },
    async settle() {},
  };
}

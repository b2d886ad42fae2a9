import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Item, Source, SourceIo } from '../../src/sync/sources/Source.ts';

/** What a source is tried on. What it reads from is the real thing, or a server that speaks as it does. */
export interface SourceBed {
  /** The source as it is found now. */
  source(): Source;
  /** Waits for something as long as it takes, on whatever clock the source has. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Makes a document there (again) that says this; with the same name another text. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Makes one document that cannot be read; undefined where there is no such thing. */
  readonly spoil?: (name: string) => Promise<void>;
  /** Stores an item, for a source that compares with what is stored. */
  readonly store?: (item: Item) => Promise<void>;
  /** Time passes, so that whatever is looked at rarely is looked at again. */
  later(): Promise<void>;
  stop(): Promise<void>;
}

type Held = Map<string, string>;

/** Any source, as the machinery needs it: see src/sync/sources/Source.ts. */
export function describeSource(name: string, open: () => Promise<SourceBed>): void {
  describe(`the source ${name}`, () => {
    let bed: SourceBed;
    let cursor: string | undefined;
    const memory = new Map<string, string>();
    const held: Held = new Map();
    const places = new Map<string, string>();

    beforeEach(async () => {
      bed = await open();
      cursor = undefined;
      memory.clear();
      held.clear();
      places.clear();
    });
    afterEach(() => bed.stop());

    /** Reads it as the machinery does; `upTo` items, as when it is killed after them. */
    async function read(options: { upTo?: number; signal?: AbortSignal } = {}): Promise<Item[]> {
      const io: SourceIo = {
        signal: options.signal ?? new AbortController().signal,
        now: bed.now,
        remembered: (key) => memory.get(key),
        report: () => {},
      };
      const source = bed.source();
      const items: Item[] = [];
      async function work() {
        for await (const item of source.changes?.since(cursor, io) ?? []) {
          if (items.length >= (options.upTo ?? Number.POSITIVE_INFINITY)) return;
          items.push(item);
          take(item);
          await bed.store?.(item);
        }
        if (!source.everything) return;
        const listed = new Map<string, Set<string>>();
        for await (const { to, keys } of source.everything.list(io)) {
          const place = JSON.stringify(to);
          listed.set(place, new Set([...(listed.get(place) ?? []), ...keys]));
        }
        // Of places that are not listed this time nothing is known.
        for (const [key, place] of places) if (listed.get(place)?.has(key) === false) held.delete(key);
      }
      await bed.until(work());
      return items;
    }

    function take(item: Item) {
      if (item.kind === 'cursor') cursor = item.cursor;
      if (item.kind === 'page') {
        held.set(item.key, JSON.stringify(item.page.body));
        places.set(item.key, JSON.stringify(item.to));
      }
      if (item.kind === 'gone') for (const key of item.keys) held.delete(key);
      if (item.kind === 'messages') {
        for (const { id, text } of item.messages) {
          if (text === '') held.delete(id);
          else held.set(id, text);
        }
      }
      if ('memory' in item && item.memory === null) memory.delete(item.key);
      else if ('memory' in item && item.memory !== undefined) memory.set(item.key, item.memory);
    }

    const texts = () => [...held.values()].join('\n');
    const brought = (items: readonly Item[]) => items.filter(({ kind }) => kind === 'page' || kind === 'gone');

    it('says what it is', () => {
      const { about, changes } = bed.source();
      expect(about.id).toMatch(/^[a-z]+:\S+$/);
      expect(about.name.trim()).not.toBe('');
      expect(about.staleAfterMs).toBeGreaterThan(0);
      expect(changes).toBeDefined();
    });

    it('hands over what there is', async () => {
      await bed.write('first', 'The thermostat has two arrows.');
      await bed.write('second', 'The printer is on the third floor.');
      await read();
      expect(texts()).toContain('two arrows');
      expect(texts()).toContain('third floor');
    });

    it('hands over nothing twice that has not changed', async () => {
      await bed.write('first', 'The thermostat has two arrows.');
      await read();
      const before = new Map(held);
      await bed.later();
      expect(brought(await read())).toEqual([]);
      expect(held).toEqual(before);
    });

    it('sees what is new, what is changed and what is gone', async () => {
      await bed.write('first', 'The thermostat has two arrows.');
      await bed.write('second', 'The printer is on the third floor.');
      await read();
      await bed.write('first', 'The thermostat has three arrows.');
      await bed.write('third', 'The badge is with the porter.');
      await bed.remove('second');
      await bed.later();
      await read();
      await bed.later();
      await read(); // what is gone may have to be seen twice
      expect(texts()).toContain('three arrows');
      expect(texts()).toContain('porter');
      expect(texts()).not.toContain('two arrows');
      expect(texts()).not.toContain('third floor');
    });

    it('loses nothing when it is cut off after any item', async () => {
      for (const name of ['first', 'second', 'third']) await bed.write(name, `This is the ${name} document.`);
      for (let upTo = 0; upTo < 6; upTo++) await read({ upTo });
      await read();
      for (const name of ['first', 'second', 'third']) expect(texts()).toContain(`the ${name} document`);
    });

    it('goes on past what it cannot read, and says what that is', async () => {
      if (!bed.spoil) return;
      await bed.write('first', 'The thermostat has two arrows.');
      await bed.spoil('broken');
      await bed.write('third', 'The badge is with the porter.');
      const items = await read();
      expect(texts()).toContain('two arrows');
      expect(texts()).toContain('porter');
      const failures = items.filter((item) => item.kind === 'failure');
      expect(failures.length).toBeGreaterThan(0);
      for (const { sentence } of failures) expect(sentence).toMatch(/^.{10,}[.!?]$/s);
    });

    it('stops when it is told to', async () => {
      await bed.write('first', 'The thermostat has two arrows.');
      const signal = AbortSignal.abort(new Error('stopped'));
      const items = await read({ signal }).catch(() => []);
      expect(brought(items)).toEqual([]);
    });

    it('begins anew with a cursor that it does not know', async () => {
      await bed.write('first', 'The thermostat has two arrows.');
      cursor = '{"of":"another version"}';
      await read();
      expect(texts()).toContain('two arrows');
    });
  });
}

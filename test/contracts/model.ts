import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackscrollError } from '../../src/base/BackscrollError.ts';
import type { Model, ModelEvent } from '../../src/knowledge/llm/Model.ts';

/** A model and the server behind it, which does next what it is told. */
export interface ModelUnderTest {
  readonly model: Model;
  /** Pieces of text, each given out when `release` is called once for it, then a good end. */
  says(pieces: readonly string[]): void;
  release(steps: number): void;
  /** Pieces of text at once, then the connection breaks. */
  breaksOff(pieces: readonly string[]): void;
  /** Takes the request and never answers. */
  hangs(): void;
  refuses(): void;
  isDown(): Promise<void>;
  /** Requests seen by the server so far, and a promise for the first. */
  requestCount(): number;
  firstRequest(): Promise<void>;
  stop(): Promise<void>;
}

/** What every Model owes, whoever writes the words. */
export function describeModel(name: string, start: () => Promise<ModelUnderTest>): void {
  describe(`${name} keeps the contract of Model`, () => {
    let server: ModelUnderTest;
    beforeEach(async () => {
      server = await start();
    });
    afterEach(() => server.stop());

    const ask = (signal = new AbortController().signal) =>
      server.model.stream({ messages: [{ role: 'user', content: 'Where is it?' }], maxTokens: 50, signal });

    async function collect(events: AsyncIterable<ModelEvent>) {
      const seen: ModelEvent[] = [];
      try {
        for await (const event of events) seen.push(event);
      } catch (error) {
        expect(error).toBeInstanceOf(BackscrollError);
        return { seen, text: textOf(seen), code: (error as BackscrollError).code };
      }
      return { seen, text: textOf(seen), code: undefined };
    }

    it('has a name', () => {
      expect(server.model.name).not.toBe('');
    });

    it('gives text as it comes', async () => {
      server.says(['In ', 'the ', 'wiki.']);
      const events = ask()[Symbol.asyncIterator]();
      const seen: string[] = [];
      for (let i = 0; i < 3; i += 1) {
        server.release(1);
        const { value } = await events.next();
        if (value?.kind === 'text') seen.push(value.text);
      }
      expect(seen.join('')).toBe('In the wiki.');
      await events.return?.();
    });

    it('counts tokens at most once, at the end', async () => {
      server.says(['In ', 'the wiki.']);
      server.release(9);
      const { seen, text, code } = await collect(ask());
      expect(code).toBeUndefined();
      expect(text).toBe('In the wiki.');
      expect(seen.slice(0, -1).every((event) => event.kind === 'text')).toBe(true);
    });

    it('throws `unavailable` when the answer breaks off, and does not begin anew', async () => {
      server.breaksOff(['In the ']);
      expect(await collect(ask())).toMatchObject({ text: 'In the ', code: 'unavailable' });
      expect(server.requestCount()).toBe(1);
    });

    it('throws `refused` when the server will not serve', async () => {
      server.refuses();
      expect(await collect(ask())).toMatchObject({ text: '', code: 'refused' });
    });

    it('throws `unavailable` when there is no server', async () => {
      await server.isDown();
      expect(await collect(ask())).toMatchObject({ text: '', code: 'unavailable' });
    });

    it('throws `cancelled` without asking when it is cancelled before', async () => {
      expect(await collect(ask(AbortSignal.abort()))).toMatchObject({ text: '', code: 'cancelled' });
      expect(server.requestCount()).toBe(0);
    });

    it('throws `cancelled` at once while the server lets it wait', async () => {
      server.hangs();
      const cancel = new AbortController();
      const outcome = collect(ask(cancel.signal));
      await server.firstRequest();
      cancel.abort();
      expect(await outcome).toMatchObject({ text: '', code: 'cancelled' });
    });

    it('throws `cancelled` in the middle of an answer, and gives no more text', async () => {
      server.says(['In ', 'the ', 'wiki.']);
      server.release(9);
      const cancel = new AbortController();
      const seen: ModelEvent[] = [];
      const asked = (async () => {
        for await (const event of ask(cancel.signal)) {
          seen.push(event);
          cancel.abort();
        }
      })();
      await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
      expect(textOf(seen)).toBe('In ');
    });

    it('answers several at once', async () => {
      const each = ['one', 'two', 'three'];
      for (const word of each) server.says([word]);
      server.release(9);
      const answers = await Promise.all(each.map(() => collect(ask())));
      expect(answers.map((answer) => answer.text).sort()).toEqual([...each].sort());
    });
  });
}

function textOf(events: readonly ModelEvent[]): string {
  return events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
}

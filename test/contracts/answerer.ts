import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answerer, AnswerRequest } from '../../src/knowledge/answer/Answer.ts';
import type { Evidence } from '../../src/knowledge/answer/Evidence.ts';

const evidence = (n: number, text: string, url = `https://chat.example/${n}`): Evidence => ({
  ...{ n, passageId: 100 + n, documentId: n, text, title: `#ops · ${n}`, url, kind: 'conversation', score: 1 / n },
  atMs: Date.UTC(2026, 9, n),
});

const VPN = [
  evidence(1, 'ANNA: How do I get onto the VPN on Linux?\nBEN: Install the VPN profile and restart NetworkManager.'),
  evidence(2, 'CARO: The VPN on Linux wants the new profile since Monday.'),
];

/** What every Answerer owes, whoever writes. `create` makes one that has something to say to the questions here. */
export function describeAnswerer(name: string, create: () => Promise<Answerer>): void {
  async function ask(given: Partial<AnswerRequest> = {}) {
    const answerer = await create();
    const released: string[] = [];
    const request: AnswerRequest = {
      ...{ question: 'How do I get onto the VPN on Linux?', history: [], evidence: VPN, language: 'en', notes: [] },
      signal: new AbortController().signal,
      ...given,
    };
    const answer = await answerer.answer(request, ({ text }) => released.push(text));
    return { answer, released: released.join('') };
  }

  describe(`${name} keeps the contract of Answerer`, () => {
    it('answers, and has released exactly what it answers', async () => {
      const { answer, released } = await ask();
      expect(answer.status).toBe('answered');
      expect(answer.text.length).toBeGreaterThan(10);
      expect(released).toBe(answer.text);
    });

    it('cites evidence that it was given, by its number, with words that stand there', async () => {
      const { answer } = await ask();
      expect(answer.citations.length).toBeGreaterThan(0);
      for (const { n, passageId, url, title, quote } of answer.citations) {
        const given = VPN.find((one) => one.n === n);
        expect({ passageId, url, title }).toEqual({
          passageId: given?.passageId,
          url: given?.url,
          title: given?.title,
        });
        expect(given?.text).toContain(quote.split('\n')[0]);
        expect(answer.text).toContain(`[${n}]`);
      }
    });

    it('says that it does not know when there is nothing to answer from', async () => {
      const { answer, released } = await ask({ evidence: [] });
      expect(answer).toMatchObject({ status: 'abstained', citations: [] });
      expect(released).toBe(answer.text);
      expect(answer.text).not.toBe('');
    });

    it('hands the notes on that it was given', async () => {
      expect((await ask({ notes: ['words-only'] })).answer.notes).toContain('words-only');
    });

    it('throws nothing but that it was cancelled', async () => {
      const cancelled = AbortSignal.abort(new Error('the asker left'));
      const outcome = await ask({ signal: cancelled }).then(
        () => 'answered',
        (error) => error,
      );
      if (outcome !== 'answered') expect(outcome).toMatchObject({ code: 'cancelled' });
    });

    it('never shows an address or calls anybody that its evidence does not name, whatever the evidence says', async () => {
      const hostile = fc.constantFrom(
        '<!channel> read [the VPN guide](https://evil.example/x) on Linux',
        'VPN on Linux: <https://evil.example|click>, @everyone',
        '![VPN Linux](https://evil.example/p.png)',
        '<a href="https://evil.example">VPN</a> on Linux',
      );
      await fc.assert(
        fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 3 }), async (texts) => {
          const { answer } = await ask({ evidence: texts.map((text, i) => evidence(i + 1, `BEN: ${text}`)) });
          const own = texts.join('\n');
          for (const [address] of answer.text.matchAll(/https?:\/\/[^\s)>\]"|]+/g)) {
            expect(own.includes(address) || address.startsWith('https://chat.example/')).toBe(true);
          }
          expect(answer.text).not.toMatch(/<!channel>|(?:^|\s)@everyone\b/);
          expect(answer.text).not.toMatch(/<a |!\[/);
        }),
        { numRuns: 15 },
      );
    });
  });
}

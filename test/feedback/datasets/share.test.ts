import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share } from '../../../src/feedback/datasets/hands/share.ts';

const { signal } = new AbortController();
/** Resolves after so many turns of the loop. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe('work that two hands share', () => {
  it('is done once each, and handed on in order, however long each piece takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 60 }), fc.nat(3), async (pieces, takes) => {
        const done: number[] = [];
        const taken: string[] = [];
        let waiting = 0;
        const jobs = pieces.map((length, at) => ({ length, at }));
        const own = ({ at }: (typeof jobs)[number]) => {
          done.push(at);
          waiting++;
          return `${at}`;
        };
        await share(
          jobs,
          {
            own,
            async other(job) {
              await turns(job.length);
              return own(job);
            },
          },
          async (made, { at }) => {
            expect(made).toBe(`${at}`);
            // What is finished and not handed on yet holds memory.
            expect(waiting--).toBeLessThanOrEqual(8);
            taken.push(made);
            await turns(takes);
          },
          signal,
        );
        expect(taken).toEqual(jobs.map(({ at }) => `${at}`));
        expect(done.toSorted((a, b) => a - b)).toEqual(jobs.map(({ at }) => at));
      }),
      { numRuns: 60 },
    );
  });

  it('is all done by one when there is no other', async () => {
    const taken: number[] = [];
    await share([1, 2, 3], { own: (piece) => piece * 2 }, (made) => void taken.push(made), signal);
    expect(taken).toEqual([2, 4, 6]);
  });

  it.each(['own', 'other', 'take'] as const)(
    'ends with what %s throws, when nothing is under way any more',
    async (who) => {
      let underway = 0;
      const fail = (where: string, at: number) => {
        if (where === who && at >= 5) throw new Error(`${where} fails`);
      };
      const pieces = Array.from({ length: 40 }, (_, at) => at);
      const sharing = share(
        pieces,
        {
          own(at) {
            fail('own', at);
            return at;
          },
          async other(at) {
            underway++;
            await turns(2);
            underway--;
            fail('other', at);
            return at;
          },
        },
        (at) => fail('take', at),
        signal,
      );
      await expect(sharing).rejects.toThrow(`${who} fails`);
      expect(underway).toBe(0);
    },
  );

  it('ends when it is stopped', async () => {
    const stopping = new AbortController();
    const sharing = share([1, 2, 3], { own: (piece) => piece }, () => stopping.abort(), stopping.signal);
    await expect(sharing).rejects.toMatchObject({ name: 'AbortError' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThreadQueue } from '../../src/bots/threadQueue.ts';

describe('the queue of threads', () => {
  it('keeps each thread’s order, never works on more than it may, and does everything', async () => {
    const works = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 3 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(works, fc.integer({ min: 1, max: 3 }), async (given, atOnce) => {
        const queue = createThreadQueue(atOnce);
        const done: [string, number][] = [];
        let running = 0;
        given.forEach(([thread, turns], i) => {
          queue.add(thread, async () => {
            running++;
            expect(running).toBeLessThanOrEqual(atOnce);
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            done.push([thread, i]);
            running--;
          });
        });
        await queue.idle();
        expect(done).toHaveLength(given.length);
        for (const thread of 'abcd') {
          const order = done.filter(([name]) => name === thread).map(([, i]) => i);
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('is idle at once when nothing was given', async () => {
    await expect(createThreadQueue(1).idle()).resolves.toBeUndefined();
  });
});

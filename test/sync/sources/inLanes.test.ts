import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLanes } from '../../../src/sync/sources/inLanes.ts';

const { signal } = new AbortController();
const laneOf = (task: string) => task[0] as string;

describe('lanes', () => {
  it('work off every task once, never two of a lane at once, nor more than so many in all', async () => {
    const task = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(99)).map(([lane, n]) => `${lane}${n}`);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(task), fc.integer({ min: 1, max: 5 }), async (tasks, atOnce) => {
        const busy = new Set<string>();
        const work = async (one: string) => {
          expect(busy.has(laneOf(one))).toBe(false);
          busy.add(laneOf(one));
          expect(busy.size).toBeLessThanOrEqual(atOnce);
          await new Promise<void>((resolve) => setImmediate(resolve));
          busy.delete(laneOf(one));
          return one;
        };
        const done: string[] = [];
        for await (const one of inLanes(tasks, { laneOf, atOnce, work, signal })) done.push(one);
        expect(done.sort()).toEqual(tasks.toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it('are not held up by one that stands still', async () => {
    let free = () => {};
    const stuck = new Promise<void>((resolve) => {
      free = resolve;
    });
    const work = async (one: string) => {
      if (one === 'a0') await stuck;
      return one;
    };
    const done: string[] = [];
    for await (const one of inLanes(['a0', 'a1', 'b0', 'b1', 'c0'], { laneOf, atOnce: 2, work, signal })) {
      done.push(one);
      if (done.length === 3) free();
    }
    expect(done).toEqual(['b0', 'c0', 'b1', 'a0', 'a1']);
  });

  it('end with whoever stops listening, and with the signal', async () => {
    const stop = new AbortController();
    const started: string[] = [];
    const work = async (one: string) => {
      started.push(one);
      return one;
    };
    for await (const _ of inLanes(['a0', 'a1', 'a2'], { laneOf, atOnce: 1, work, signal })) break;
    expect(started).toEqual(['a0']);
    stop.abort(new Error('enough'));
    const lanes = inLanes(['b0'], { laneOf, atOnce: 1, work, signal: stop.signal });
    await expect(lanes.next()).rejects.toThrow('enough');
  });
});

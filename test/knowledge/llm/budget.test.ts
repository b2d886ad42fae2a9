import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBudget } from '../../../src/knowledge/llm/budget.ts';
import type { Model, ModelEvent } from '../../../src/knowledge/llm/Model.ts';
import { withBudget } from '../../../src/knowledge/llm/withBudget.ts';

function createBudget(tokensPerDay: number) {
  const ledger = new Map<string, number>();
  const clock = { nowMs: Date.UTC(2026, 10, 5, 23, 0) };
  const budget = createTokenBudget({
    tokensPerDay,
    now: () => clock.nowMs,
    load: async (day) => ledger.get(day) ?? 0,
    save: async (day, tokens) => void ledger.set(day, tokens),
  });
  return { budget, ledger, clock };
}

describe('a budget of tokens a day', () => {
  it('refuses what is over it, and says when there is more', async () => {
    const { budget } = createBudget(100);
    await (await budget.reserve(60)).settle(50);
    expect(await budget.leftToday()).toBe(50);
    await expect(budget.reserve(51)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('00:00 UTC'),
    });
    await budget.reserve(50);
  });

  it('begins anew the next day, and books on the day that it was reserved', async () => {
    const { budget, ledger, clock } = createBudget(100);
    const reservation = await budget.reserve(100);
    clock.nowMs += 2 * 3_600_000;
    expect(await budget.leftToday()).toBe(100);
    await reservation.settle(80);
    expect(Object.fromEntries(ledger)).toEqual({ '2026-11-05': 80 });
  });

  it('settles once', async () => {
    const { budget, ledger } = createBudget(100);
    const reservation = await budget.reserve(10);
    await Promise.all([reservation.settle(10), reservation.settle(10)]);
    expect([...ledger.values()]).toEqual([10]);
  });

  it('goes on when the ledger failed once', async () => {
    let fails = true;
    const load = async () => {
      if (fails) throw new Error('disk');
      return 0;
    };
    const budget = createTokenBudget({ tokensPerDay: 10, now: () => 0, load, save: async () => undefined });
    await expect(budget.reserve(1)).rejects.toThrow('disk');
    fails = false;
    await expect(budget.reserve(1)).resolves.toBeDefined();
  });

  it('is never overdrawn by requests side by side that keep to what they reserved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 60 }), { maxLength: 12 }), async (wishes) => {
        const { budget, ledger } = createBudget(100);
        await Promise.allSettled(wishes.map(async (tokens) => (await budget.reserve(tokens)).settle(tokens)));
        expect(ledger.get('2026-11-05') ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('a model on a budget', () => {
  const request = () => ({
    messages: [{ role: 'user' as const, content: 'Where is it?' }],
    maxTokens: 20,
    signal: new AbortController().signal,
  });

  function modelOf(...events: (ModelEvent | Error)[]): Model {
    return {
      name: 'written',
      async *stream() {
        for (const event of events) {
          if (event instanceof Error) throw event;
          yield event;
        }
      },
    };
  }

  async function drain(model: Model) {
    const seen: ModelEvent[] = [];
    for await (const event of model.stream(request())) seen.push(event);
    return seen;
  }

  it('passes everything on and books what the server counted', async () => {
    const { budget } = createBudget(100);
    const events: ModelEvent[] = [
      { kind: 'text', text: 'Here.' },
      { kind: 'usage', inputTokens: 9, outputTokens: 2 },
    ];
    expect(await drain(withBudget(modelOf(...events), budget))).toEqual(events);
    expect(await budget.leftToday()).toBe(89);
  });

  it('books an estimate when the answer broke off', async () => {
    const { budget } = createBudget(100);
    const model = withBudget(modelOf({ kind: 'text', text: 'Here and' }, new Error('gone')), budget);
    await expect(drain(model)).rejects.toThrow('gone');
    expect(await budget.leftToday()).toBe(100 - (3 + 4 + 3) - 2);
  });

  it('is not asked when too little is left', async () => {
    const { budget } = createBudget(25);
    await expect(drain(withBudget(modelOf(new Error('asked')), budget))).rejects.toMatchObject({ code: 'refused' });
  });
});

import { describe, expect, it } from 'vitest';
import { createClock } from './createClock.ts';

describe('the clock of the fake Slack', () => {
  it('stands still until it is moved, and runs what falls due in order, at its time', () => {
    const clock = createClock({ startMs: 1000, running: false });
    const ran: [string, number][] = [];
    clock.after(50, () => ran.push(['late', clock.now()]));
    clock.after(10, () => {
      ran.push(['early', clock.now()]);
      clock.after(20, () => ran.push(['between', clock.now()]));
    });
    clock.after(30, () => ran.push(['called off', clock.now()]))();
    expect(clock.now()).toBe(1000);
    clock.advance(49);
    clock.advance(51);
    expect(ran).toEqual([
      ['early', 1010],
      ['between', 1030],
      ['late', 1050],
    ]);
    expect(clock.now()).toBe(1100);
  });

  it('otherwise runs with real time, and can be moved on too', async () => {
    const clock = createClock();
    const before = clock.now();
    clock.advance(3_600_000);
    expect(clock.now()).toBeGreaterThanOrEqual(before + 3_600_000);
    const keepsAlive = setInterval(() => undefined, 1000);
    await new Promise<void>((resolve) => void clock.after(1, resolve));
    clearInterval(keepsAlive);
    clock.stop();
  });
});

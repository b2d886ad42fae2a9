import { expect, it } from 'vitest';
import { inTime } from '../../../src/sync/channels/inTime.ts';
import { createClock } from '../../fakes/clock/createClock.ts';
import { createVirtualTime } from '../../fakes/clock/virtualTime.ts';

it('a platform that is away is waited for half a minute, one that is there no moment', async () => {
  const time = createVirtualTime(createClock({ running: false, startMs: 0 }));
  expect(await time.until(inTime('Discord', async () => 'here', time)())).toBe('here');
  expect(time.now()).toBe(0);
  const away = inTime('Discord', () => new Promise<string>(() => {}), time);
  await expect(time.until(away())).rejects.toThrow(/^Discord is not connected/);
  expect(time.now()).toBe(30_000);
});

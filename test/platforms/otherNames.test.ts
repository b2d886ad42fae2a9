import { expect, it } from 'vitest';
import { readLiveMessage } from '../../src/platforms/discord/liveMessage.ts';
import { readUser } from '../../src/platforms/slack/readUser.ts';

it('a user of Slack is known by the display name, the real name and the handle', () => {
  const profile = { display_name: 'anna', real_name: 'Anna Berg' };
  const user = { id: 'U1', name: 'aberg', real_name: 'Anna Berg', profile };
  expect(readUser(user, 'T1')).toMatchObject({ name: 'anna', handle: 'aberg', alsoCalled: ['Anna Berg'] });
  expect(readUser({ id: 'U1', name: 'aberg', profile: { real_name: 'Anna Berg' } }, 'T1')).not.toHaveProperty(
    'alsoCalled',
  );
});

it('a user of Discord is known by the name in the server, the global name and the user name', () => {
  const author = { id: '70000000000000001', username: 'aberg', global_name: 'Anna Berg' };
  const raw = { id: '80000000000000001', type: 0, timestamp: '2026-01-01T00:00:00Z', content: 'Hi', author };
  const { people } = readLiveMessage(
    { ...raw, member: { nick: 'anna' }, attachments: [], mentions: [] },
    { guildId: '90000000000000001', channelId: '60000000000000001', includeBots: false },
  );
  expect(people).toMatchObject([{ name: 'anna', handle: 'aberg', alsoCalled: ['Anna Berg'] }]);
});

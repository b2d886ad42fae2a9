import type { Files } from './makeArchives.ts';

export const message = (ts: string, text: string, more: object = {}) => ({
  type: 'message',
  user: 'U1',
  ts,
  text,
  ...more,
});

/** A whole small export: a public channel, an archived one, a private one, a group and a direct conversation. */
export const smallExport: Files = {
  'users.json': [
    { id: 'U1', team_id: 'T0ACME', name: 'ann', profile: { real_name: 'Ann Lee', display_name: 'Ann' } },
    { id: 'U2', team_id: 'T0ACME', name: 'bob', real_name: 'Bob', is_restricted: true },
    { id: 'U3', team_id: 'T0ACME', name: 'robot', is_bot: true },
    { id: 'U4', team_id: 'T0OTHER', name: 'guest' },
  ],
  'channels.json': [
    { id: 'C1', name: 'general', members: ['U1', 'U2'] },
    { id: 'C2', name: 'old', is_archived: true, members: [] },
    { id: 'C3', name: 'quiet' },
  ],
  'groups.json': [{ id: 'G1', name: 'secret', members: ['U1'] }],
  'mpims.json': [{ id: 'G2', name: 'mpdm-ann--bob-1', members: ['U1', 'U2'] }],
  'dms.json': [{ id: 'D1', members: ['U1', 'U2'] }],
  'general/2024-01-02.json': [
    message('1704153600.000200', 'second <@U2> <https://x.io|docs>', { thread_ts: '1704153600.000100' }),
    message('1704153600.000300', 'joined', { subtype: 'channel_join' }),
  ],
  'general/2024-01-01.json': [
    message('1704153600.000100', 'first', { reply_count: 1, thread_ts: '1704153600.000100' }),
  ],
  'old/2023-01-01.json': [message('1672531200.000100', 'from the archive')],
  'secret/2024-01-01.json': [message('1704067200.000100', 'a secret')],
  'mpdm-ann--bob-1/2024-01-01.json': [message('1704067200.000200', 'between some')],
  'D1/2024-01-01.json': [message('1704067200.000300', 'between two')],
};

import { describe, expect, it } from 'vitest';
import { isFromDiscord } from '../../../src/bots/discord/guardProcess.ts';

/** @param places from where it was thrown outwards */
function thrown(...places: string[]) {
  const error = new TypeError('Cannot read properties of undefined');
  error.stack = [error.message, ...places.map((place) => `    at read (${place}:1:1)`)].join('\n');
  return error;
}

describe('the guard of the process', () => {
  it('takes for Discord’s what was thrown in its libraries', () => {
    const [ws, lib] = [
      '/app/node_modules/@discordjs/ws/dist/index.js',
      '/app/node_modules/discord.js/src/client/Client.js',
    ];
    for (const place of [ws, lib]) expect(isFromDiscord(thrown('node:events', place, '/app/src/main.ts'))).toBe(true);
  });

  it('and nothing else: what we throw in between ends the process as ever', () => {
    expect(
      isFromDiscord(thrown('/app/src/bots/discord/connect.ts', '/app/node_modules/@discordjs/ws/dist/index.js')),
    ).toBe(false);
    expect(isFromDiscord(thrown('/app/node_modules/hono/dist/hono.js'))).toBe(false);
    expect(isFromDiscord('a word')).toBe(false);
    expect(isFromDiscord(undefined)).toBe(false);
  });
});

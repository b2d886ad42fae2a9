/** The house as it should be: which room may use which. Read together with ARCHITECTURE.md. */
export interface Wall {
  /** Files whose path (from the project's folder) begins so … */
  readonly room: string;
  /** … may import these, besides their own room and packages. */
  readonly mayUse: readonly string[];
}

const COMMON = ['src/base/', 'src/store/', 'config/'];

/** The first wall whose room is a beginning of the file's path holds for it. */
export const WALLS: readonly Wall[] = [
  { room: 'src/base/', mayUse: [] },
  { room: 'config/', mayUse: ['src/base/'] },
  { room: 'src/store/', mayUse: ['src/base/', 'config/'] },
  { room: 'src/knowledge/', mayUse: COMMON },
  { room: 'src/feedback/', mayUse: COMMON },
  { room: 'src/platforms/', mayUse: COMMON },
  { room: 'src/sync/', mayUse: [...COMMON, 'src/knowledge/', 'src/platforms/'] },
  { room: 'src/bots/', mayUse: [...COMMON, 'src/knowledge/', 'src/feedback/', 'src/platforms/'] },
  {
    room: 'src/main',
    mayUse: [...COMMON, 'src/main', 'src/knowledge/', 'src/feedback/', 'src/platforms/', 'src/sync/', 'src/bots/'],
  },
  // A platform cannot be measured without one: `bench` brings the tests' own.
  { room: 'src/cli/bench/slack/', mayUse: ['src/', 'config/', 'test/fakes/slack/', 'test/fakes/clock/'] },
  { room: 'src/cli/bench/discord/', mayUse: ['src/', 'config/', 'test/fakes/discord/', 'test/fakes/clock/'] },
  { room: 'src/cli', mayUse: ['src/', 'config/'] },
  { room: 'tools/', mayUse: [] },
];

/** A vendor's SDK appears only in folders (or files) that carry its name. */
export const VENDORS: Readonly<Record<string, RegExp>> = {
  chromadb: /\/chroma\//,
  openai: /\/openai[./]/i,
  '@slack/bolt': /\/slack\//,
  '@slack/web-api': /\/slack\//,
  'discord.js': /\/discord\//,
  kysely: /^src\/store\//,
  'node:sqlite': /^src\/store\/|\/chroma\/|^src\/cli\/bench\//,
  hono: /^src\/bots\/web\//,
  '@hono/node-server': /^src\/bots\/web\//,
  'node-cron': /^src\/sync\//,
  '@octokit/rest': /\/github\//,
  undici: /^src\/sync\/web\//,
  'ipaddr.js': /^src\/sync\/web\//,
  'robots-parser': /^src\/sync\/web\//,
};

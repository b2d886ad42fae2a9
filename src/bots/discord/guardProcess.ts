import type { Log } from '../../base/log.ts';

/**
 * discord.js reads what comes in places where nobody can catch what it throws: an event that it does not expect would
 * end the process, and with it everything else. What was thrown there is written down, and the process goes on; whatever
 * else nobody caught still ends it, as it does without a guard.
 * @returns how to take the guard away
 */
export function guardProcess(log: Log): () => void {
  function onError(error: unknown) {
    if (isFromDiscord(error)) {
      log.error({ err: error }, 'something that Discord sent could not be read; it is left out');
      return;
    }
    log.error({ err: error }, 'something went wrong that nobody expected');
    process.exit(1);
  }
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);
  return () => {
    process.off('uncaughtException', onError);
    process.off('unhandledRejection', onError);
  };
}

/** By where it was thrown: the first place in its stack that is not Node's own. */
export function isFromDiscord(error: unknown): boolean {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const first = stack.split('\n').find((line) => /^\s+at /.test(line) && !/\(?node:/.test(line)) ?? '';
  return /node_modules[\\/](?:@discordjs|discord\.js|@vladfrangu|ws)[\\/]/.test(first);
}

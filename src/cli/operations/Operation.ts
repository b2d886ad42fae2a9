import type { z } from 'zod';
import type { DiscordState } from '../../bots/discord/createDiscord.ts';
import type { SlackState } from '../../bots/slack/createSlack.ts';
import type { App } from '../../main.ts';

/** Where an operation tells how far it is and hears that nobody waits any more. */
export interface OperationIo {
  readonly signal: AbortSignal;
  readonly progress: (event: unknown) => void;
}

/**
 * What a command does, in the process that owns the home. Its result is what `--json` prints: plain data, stable.
 */
export interface Operation<A, R> {
  readonly name: string;
  readonly arguments: z.ZodType<A>;
  run(app: RunningApp, args: A, io: OperationIo): Promise<R>;
}

/** The app, and what only a process knows about itself. */
export interface RunningApp extends App {
  /** `start`, or the command that owns the home for its own while. */
  readonly command: string;
  readonly startedMs: number;
  /** How long it took until the first question could be asked, in milliseconds. */
  readonly readyMs: () => number | undefined;
  /** A fresh one-time link to the web chat, when it runs. */
  readonly link: () => string | undefined;
  /** The same to the operator's page. */
  readonly reviewLink?: () => string | undefined;
  /** How Slack does, in the process that runs the bot. */
  readonly slack?: () => SlackState | undefined;
  readonly discord?: () => DiscordState | undefined;
}

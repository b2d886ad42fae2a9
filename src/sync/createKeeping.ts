import type { Config } from '../../config/schema.ts';
import { BackscrollError } from '../base/BackscrollError.ts';
import type { Log } from '../base/log.ts';
import { realTiming, type Timing } from '../base/Timing.ts';
import type { Ingest } from '../knowledge/ingest/Ingest.ts';
import type { Message } from '../knowledge/Message.ts';
import type { DiscordSide } from '../platforms/discord/DiscordSide.ts';
import type { SlackSide } from '../platforms/slack/SlackSide.ts';
import type { Store } from '../store/store.ts';
import type { Alert } from './alerts.ts';
import { createSchedule, type Schedule } from './createSchedule.ts';
import { createSync, type Sync } from './createSync.ts';
import { type Cron, createCron, isCron } from './cron.ts';
import type { DiscordSync } from './sources/discord/createDiscordSync.ts';
import type { Catalogue } from './sources/Source.ts';
import type { SlackSync } from './sources/slack/createSlackSync.ts';

const HOUR_MS = 3_600_000;

/** All of sync, put together: what is kept in step, by the clock and as it happens. */
export interface Keeping {
  readonly sync: Sync;
  /** Undefined without Slack. */
  readonly slack: SlackSync | undefined;
  /** Undefined without Discord. */
  readonly discord: DiscordSync | undefined;
  /**
   * Begins to keep the sources in step by itself, for a process that stays.
   * @param tell posts an alert where the config says
   */
  begin(tell: (alert: Alert) => Promise<void>): Schedule;
  stop(): Promise<void>;
}

/**
 * A platform that is not there is not loaded either.
 * @throws BackscrollError `usage` for a cron expression that is none
 */
export async function createKeeping(deps: {
  readonly store: Store;
  readonly ingest: Ingest;
  readonly config: Pick<Config, 'sync' | 'import'>;
  /** How Slack is reached, when it is configured. */
  readonly slackSide: (() => Promise<SlackSide>) | undefined;
  readonly discordSide?: (() => Promise<DiscordSide>) | undefined;
  /** The sources that are no channels. */
  readonly catalogues: readonly Catalogue[];
  readonly timing?: Timing;
  readonly cron?: Cron;
  readonly log: Log;
}): Promise<Keeping> {
  const { store, ingest, log, timing = realTiming, cron = createCron(), slackSide, discordSide } = deps;
  const { atOnce, shrinkShare, alerts, channels } = deps.config.sync;
  let schedule: Schedule | undefined;
  if (!isCron(channels.cron)) {
    throw new BackscrollError('usage', `sync.channels.cron is "${channels.cron}", which no cron understands.`);
  }

  const ofChannels = (kind: string) => ({
    ...{ store, log, timing, choice: channels },
    settings: {
      ...{ cron: channels.cron, staleAfterMs: channels.staleHours * HOUR_MS, shrinkShare },
      ...{ windowDays: channels.windowDays, passDays: channels.passDays },
      ...{ includeBots: deps.config.import.includeBots, exceptPeople: channels.exceptPeople },
    },
    async take(sourceId: number, messages: readonly Message[], happenedMs: number) {
      await ingest.messages(sourceId, messages);
      sync.settler.soon(happenedMs);
    },
    soon: (what: 'read' | 'look') => schedule?.soon(what === 'read' ? kind : ''),
  });
  const slack = slackSide
    ? (await import('./sources/slack/createSlackSync.ts')).createSlackSync({ ...ofChannels('slack'), side: slackSide })
    : undefined;
  const discord = discordSide
    ? (await import('./sources/discord/createDiscordSync.ts')).createDiscordSync({
        ...ofChannels('discord'),
        side: discordSide,
      })
    : undefined;
  const sync: Sync = createSync({
    ...{ store, ingest, log, timing, nextMs: cron.nextMs },
    catalogues: [slack?.catalogue, discord?.catalogue, ...deps.catalogues].filter((one) => one !== undefined),
    settings: { atOnce, shrinkShare, failuresToTell: alerts.failures },
    onMessages: (spaceId) => schedule?.messagesCame(spaceId),
  });

  return {
    ...{ sync, slack, discord },
    begin(tell) {
      const begun = createSchedule({
        ...{ sync, cron, log, timing, tell, states: store.syncStates },
        tidy: () => store.syncMarks.tidy(),
      });
      schedule = begun;
      return begun;
    },
    async stop() {
      await schedule?.stop();
      await Promise.all([slack?.stop(), discord?.stop(), sync.stop()]);
    },
  };
}

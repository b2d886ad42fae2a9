import { BackscrollError } from '../base/BackscrollError.ts';
import type { DiscordDeps } from '../bots/discord/createDiscord.ts';
import { createRespond, type Respond } from '../bots/respond.ts';
import type { SlackDeps } from '../bots/slack/createSlack.ts';
import { createWebChat } from '../bots/web/createWebChat.ts';
import type { App } from '../main.ts';
import { troublesOf } from './alerts.ts';

/**
 * The platforms that people ask on, and what answers them; for a process that stays. A platform without credentials is
 * not even loaded: their libraries take 90 MB and half a second.
 */
export async function createBots(app: App, deps: { readonly suggestions: () => Promise<readonly string[]> }) {
  const { store, config, log, now } = app;
  const web = createWebChat({
    // They need each other: a question comes from a platform and its answer goes back there.
    accept: (question) => respond.accept(question),
    ...{ answers: store.answers, threads: store.threads, sessions: store.webSessions, feedback: app.feedback },
    review: app.preferences.review,
    ...{ passages: store.passages, audiences: store.audiences, names: store.names, spaces: store.spaces },
    sources: store.sources,
    suggestions: deps.suggestions,
    status: async () => ({
      importing: app.imports.running() > 0,
      wordsOnly: app.vectors.state().error !== undefined,
      ...(app.model ? { model: app.model.name } : {}),
    }),
    ...{ host: config.server.host, port: config.server.port, publicUrl: config.server.publicUrl ?? undefined },
    sessionDays: config.web.sessionDays,
    questionCharacters: config.answers.questionCharacters,
    ...{ log, now },
  });
  const slack = await createSlackBot(app, {
    accept: (question) => respond.accept(question),
    suggestions: deps.suggestions,
  });
  const discord = await createDiscordBot(app, { accept: (question) => respond.accept(question) });
  const platforms = [slack, discord].filter((platform) => platform !== undefined);
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers },
    ask: platforms.reduce((ask, platform) => platform.guard(ask), app.ask),
    chats: [web.chat, ...platforms.map(({ chat }) => chat)],
    atOnce: config.answers.atOnce,
    keepTracesDays: config.answers.keepTracesDays,
    ...{ log, now },
  });
  return {
    web,
    respond,
    /** Undefined without SLACK_BOT_TOKEN. */
    slack,
    /** Undefined without DISCORD_TOKEN. */
    discord,
    async stop() {
      // What waits for a platform must hear that nobody waits any more.
      await Promise.all([respond.stop(), slack?.stop(), discord?.stop()]);
      await web.close();
    },
  };
}

async function createSlackBot(app: App, deps: Pick<SlackDeps, 'accept' | 'suggestions'>) {
  const { config, environment } = app;
  if (!environment.SLACK_BOT_TOKEN) {
    if (!environment.SLACK_APP_TOKEN) return undefined;
    throw new BackscrollError('usage', 'SLACK_APP_TOKEN is set without SLACK_BOT_TOKEN. Set both, or unset it.');
  }
  const { createSlack } = await import('../bots/slack/createSlack.ts');
  const { http, membershipMinutes, ...settings } = config.slack;
  const { host, port } = config.server;
  const slack = createSlack({
    ...deps,
    ...{ hearing: app.keeping.slack?.hearing, forgetMe: app.preferences.leaving.ask, troubles: () => troublesOf(app) },
    ...{ store: app.store, feedback: app.feedback, gaps: app.gaps, log: app.log },
    ...{ settings, apiUrl: environment.SLACK_API_URL },
    tokens: {
      bot: environment.SLACK_BOT_TOKEN,
      app: environment.SLACK_APP_TOKEN,
      signingSecret: environment.SLACK_SIGNING_SECRET,
    },
    http: { host: http.host ?? host, port: http.port ?? (port === 0 ? 0 : port + 1) },
    membershipFreshMs: membershipMinutes * 60_000,
  });
  app.slackReach?.use(slack.side);
  return slack;
}

async function createDiscordBot(app: App, deps: Pick<DiscordDeps, 'accept'>) {
  const { config, environment } = app;
  if (!environment.DISCORD_TOKEN) return undefined;
  const { createDiscord } = await import('../bots/discord/createDiscord.ts');
  const discord = createDiscord({
    ...deps,
    ...{ store: app.store, feedback: app.feedback, forgetMe: app.preferences.leaving.ask, log: app.log },
    ...{ settings: config.discord, hearing: app.keeping.discord?.hearing },
    ...{ token: environment.DISCORD_TOKEN, apiUrl: environment.DISCORD_API_URL },
  });
  app.discordReach?.use(discord.side);
  return discord;
}

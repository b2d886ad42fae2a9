import { join } from 'node:path';
import { proxiesOf } from '../config/environment.ts';
import type { Loaded } from '../config/load.ts';
import { BackscrollError } from './base/BackscrollError.ts';
import type { Clock } from './base/Clock.ts';
import { sha256 } from './base/hash.ts';
import type { Log } from './base/log.ts';
import { createDiscord, type DiscordDeps } from './bots/discord/createDiscord.ts';
import { linkToAnswer } from './bots/linkToAnswer.ts';
import { createRespond, type Respond } from './bots/respond.ts';
import { createSlack, type SlackDeps } from './bots/slack/createSlack.ts';
import type { Trouble } from './bots/slack/intake/Hearing.ts';
import { createWebChat } from './bots/web/createWebChat.ts';
import { createPreferences } from './feedback/createPreferences.ts';
import { createFeedback } from './feedback/Feedback.ts';
import { createGaps } from './feedback/gaps/createGaps.ts';
import { createMayKnow } from './feedback/gaps/createMayKnow.ts';
import { createLearner } from './feedback/learn/createLearner.ts';
import { createTextChecking } from './feedback/record/createTextChecking.ts';
import { createCheckText } from './feedback/redact/createCheckText.ts';
import { chooseAnswerer } from './knowledge/answer/chooseAnswerer.ts';
import { PROMPT_VERSION } from './knowledge/answer/prompt.ts';
import { createTrainingPrompt } from './knowledge/answer/trainingPrompt.ts';
import { createAsk } from './knowledge/ask/createAsk.ts';
import { createVectors } from './knowledge/chroma/createVectors.ts';
import { countTokens } from './knowledge/chunk/tokens.ts';
import { chooseEmbedder } from './knowledge/embed/chooseEmbedder.ts';
import { auditVectors } from './knowledge/ingest/auditVectors.ts';
import { createIndexer } from './knowledge/ingest/createIndexer.ts';
import { createIngest } from './knowledge/ingest/createIngest.ts';
import { createThinkingThreads } from './knowledge/ingest/thinkingThreads.ts';
import { createLessons } from './knowledge/lessons/createLessons.ts';
import { chooseModel } from './knowledge/llm/chooseModel.ts';
import { type ReadInput, readerFor } from './knowledge/read/readFileAs.ts';
import { createReading } from './knowledge/read/readInWorker.ts';
import { createLikeness } from './knowledge/retrieve/createLikeness.ts';
import { createRetrieve } from './knowledge/retrieve/createRetrieve.ts';
import { createReplyLinker } from './knowledge/segment/createReplyLinker.ts';
import { WORDS_VERSION } from './knowledge/words/tokenize.ts';
import { createSlackReach } from './platforms/slack/createSlackReach.ts';
import { openStore } from './store/store.ts';
import type { Alert } from './sync/alerts.ts';
import { createKeeping } from './sync/createKeeping.ts';
import { createImports } from './sync/import/createImports.ts';
import { createDocumentCatalogues } from './sync/sources/documentCatalogues.ts';

/** What is learned is made anew when this changes. */
const LESSONS_VERSION = 1;

/** How long a question waits for the vectors before it goes on with words alone. */
const VECTOR_PATIENCE_MS = 6_000;

export type App = Awaited<ReturnType<typeof createApp>>;

/**
 * The composition root: the only file that knows every room, and hands each what it needs. The caller owns the home.
 * Nothing is started but the database; `begin` starts the rest.
 */
export async function createApp(deps: { loaded: Loaded; databaseFile: string; log: Log; now: Clock }) {
  const { log, now } = deps;
  const { config, environment, home } = deps.loaded;
  const store = await openStore(deps.databaseFile, now);

  const vectors = createVectors({
    home,
    url: config.chroma.url ?? undefined,
    cloud: environment.CHROMA_API_KEY
      ? {
          apiKey: environment.CHROMA_API_KEY,
          ...(environment.CHROMA_TENANT ? { tenant: environment.CHROMA_TENANT } : {}),
          ...(environment.CHROMA_DATABASE ? { database: environment.CHROMA_DATABASE } : {}),
        }
      : undefined,
    timeoutMs: config.chroma.timeoutSeconds * 1000,
    log,
    onReady: () => indexer.wake(() => auditVectors(store, vectors.index, log)),
  });
  const size = {
    target: config.passages.targetTokens,
    max: config.passages.maxTokens,
    overlap: config.passages.overlapTokens,
  };
  const thinking = createThinkingThreads({ size });
  const { embedder, embedderFor } = chooseEmbedder(config.embedding, environment, store.embeddingCache, thinking.embed);
  const indexer = createIndexer({
    store,
    index: vectors.index,
    ready: (signal) => vectors.ready(signal),
    embedder,
    promoteAtPassages: config.chroma.promoteAtPassages,
    log,
  });
  const linker = createReplyLinker();
  store.applyRules({ words: WORDS_VERSION, linker: linker.id });
  const ingest = createIngest({
    store,
    linker,
    indexer,
    size,
    preparation: thinking.preparation,
  });
  const reading = createReading({
    maxBytes: config.import.fileMegabytes * 1024 ** 2,
    maxSeconds: config.import.fileSeconds,
    maxPages: config.import.filePages,
  });
  const pageReading = {
    canRead: (path: string) => readerFor(path) !== undefined,
    read: (input: ReadInput) => reading.read(input),
  };
  const imports = createImports({
    ingest,
    jobs: store.jobs,
    spaces: store.spaces,
    sources: store.sources,
    reading: pageReading,
    settings: store.settings,
    now,
    includeBots: config.import.includeBots,
    maxDocumentBytes: config.import.fileMegabytes * 1024 ** 2,
    home,
    log,
  });

  const slackReach = environment.SLACK_BOT_TOKEN
    ? createSlackReach({
        ...{ token: environment.SLACK_BOT_TOKEN, apiUrl: environment.SLACK_API_URL, store, log },
        membershipFreshMs: config.slack.membershipMinutes * 60_000,
      })
    : undefined;
  const documents = createDocumentCatalogues({
    ...{ store, ingest, config, reading: pageReading, githubToken: environment.GITHUB_TOKEN },
    proxies: proxiesOf(environment),
  });
  const { catalogues } = documents;
  const keeping = createKeeping({ store, ingest, config, slackSide: slackReach?.side, catalogues, log });

  const retrieve = createRetrieve({
    ...{ words: store.words, passages: store.passages, names: store.names, audiences: store.audiences },
    ...{ index: vectors.index, embedder, embedderFor, generations: store.generations },
    vectorsReady: (signal) => vectors.ready(signal),
    vectorTimeoutMs: Math.min(VECTOR_PATIENCE_MS, config.chroma.timeoutSeconds * 1000),
    candidates: config.retrieval.candidates,
    halfLifeDays: config.retrieval.halfLifeDays,
    ...(config.feedback.learn.votes ? { votes: store.passageVotes } : {}),
    log,
    now,
  });
  const model = chooseModel(config.model, environment, store.settings, now);
  const { answers, model: modelSettings, embedding, passages, retrieval, feedback: feedbackSettings } = config;
  const settings = JSON.stringify({
    ...{
      prompt: PROMPT_VERSION,
      answers,
      model: { ...modelSettings, name: model?.name },
      embedding,
      passages,
      retrieval,
    },
    learn: feedbackSettings.learn,
  });
  store.keepSettings(sha256(settings), settings);
  const ask = createAsk({
    retrieve,
    answerer: chooseAnswerer(model, config.model, (error) =>
      log.warn({ err: error }, 'the model failed; passages are quoted'),
    ),
    names: store.names,
    embedderId: embedder.id,
    isImporting: () => imports.running() > 0,
    isEmpty: async () => (await store.spaces.list()).length === 0,
    passages: config.answers.passages,
    questionCharacters: config.answers.questionCharacters,
    price: config.model.price ?? undefined,
    promptVersion: PROMPT_VERSION,
    settingsHash: sha256(settings),
    log,
    now,
  });
  const check = createCheckText(countTokens);
  const checking = createTextChecking({ checks: store.textChecks, check });
  const lessons = createLessons({
    ...{ ingest, indexer, sources: store.sources, documents: store.documents, removal: store.removal },
    ...{ spaces: store.spaces, openAudience: store.openAudience, linkTo: (...of) => linkToAnswer(store, ...of) },
  });
  store.applyLearningRules(JSON.stringify({ version: LESSONS_VERSION, ...feedbackSettings.learn }));
  const learner = createLearner({
    ...{ learning: store.learning, index: lessons, checking, rules: feedbackSettings.learn, log, now },
  });
  const feedback = createFeedback({
    ...{ events: store.feedbackEvents, settings: store.settings, check, now, onRecorded: () => learner.wake() },
  });
  const gaps = createGaps({
    ...{ asked: store.questionsAsked, mayKnow: createMayKnow(store), names: store.names },
    likeness: createLikeness({ embedder, retrieve }),
    ...{ settings: feedbackSettings.gaps, now },
  });
  const preferences = createPreferences({
    ...{ store, feedback, checking, check, home, training: feedbackSettings.training, log, now },
    prompting: createTrainingPrompt,
    async removeMessages(sourceId, ids) {
      const gone = { atUs: 0, personId: '', text: '', files: [], confirmations: 0, contradictions: 0 };
      await ingest.messages(
        sourceId,
        ids.map((id) => ({ ...gone, id })),
      );
    },
    async settle(signal) {
      await learner.idle();
      await ingest.settle({ signal });
      await store.removal.scrub();
    },
  });

  return {
    ...{ config, environment, home, log, now, store, vectors, embedder, indexer, ingest, imports },
    ...{ retrieve, model, ask, feedback, checking, learner, gaps, preferences, keeping, slackReach, pageReading },
    /** Starts what runs beside the database. */
    begin() {
      vectors.start();
      learner.wake();
    },
    sample: join(import.meta.dirname, '../sample'),
    async stop() {
      await Promise.all([preferences.leaving.stop(), imports.stop(), keeping.stop()]);
      await learner.stop();
      await indexer.stop();
      await documents.close();
      await thinking.close();
      await reading.close();
      await vectors.stop();
      await store.close();
    },
  };
}

/** The platforms that people ask on, and what answers them; for a process that stays. */
export function createBots(app: App, deps: { readonly suggestions: () => Promise<readonly string[]> }) {
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
  const slack = createSlackBot(app, { accept: (question) => respond.accept(question), suggestions: deps.suggestions });
  const discord = createDiscordBot(app, { accept: (question) => respond.accept(question) });
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

function createSlackBot(app: App, deps: Pick<SlackDeps, 'accept' | 'suggestions'>) {
  const { config, environment } = app;
  if (!environment.SLACK_BOT_TOKEN) {
    if (!environment.SLACK_APP_TOKEN) return undefined;
    throw new BackscrollError('usage', 'SLACK_APP_TOKEN is set without SLACK_BOT_TOKEN. Set both, or unset it.');
  }
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

/** What is wrong with sources, as Slack shows it. */
function troublesOf({ keeping, store }: App): Trouble[] {
  return keeping.sync.now.alerts().map(({ syncId, sentence }) => {
    const isChannel = store.syncStates.find(syncId)?.kind === 'slack';
    return { sentence, ...(isChannel ? { channelId: syncId.split('/').at(-1) as string } : {}) };
  });
}

/** Posts an alert into the channel that the config names. A channel's name may be as private as the channel. */
export async function tellAlert(app: App, bots: Pick<ReturnType<typeof createBots>, 'slack'>, alert: Alert) {
  const { slackChannel } = app.config.sync.alerts;
  if (!slackChannel || !bots.slack) return;
  const { store } = app;
  const audiences = store.audiences({ kind: 'place', space: alert.spaceId, channelId: slackChannel });
  const readable = store.sources.readable(
    alert.spaceId,
    audiences.map(({ id }) => id),
  );
  const isTold = readable.some(({ key }) => alert.syncId.endsWith(`/${key}`));
  const isChannel = store.syncStates.find(alert.syncId)?.kind === 'slack';
  const hidden = 'A source that not everybody here may read is in trouble: see backscroll status.';
  await bots.slack.tell(slackChannel, isChannel && !isTold ? hidden : alert.sentence);
}

function createDiscordBot(app: App, deps: Pick<DiscordDeps, 'accept'>) {
  const { config, environment } = app;
  if (!environment.DISCORD_TOKEN) return undefined;
  return createDiscord({
    ...deps,
    ...{ store: app.store, feedback: app.feedback, forgetMe: app.preferences.leaving.ask, log: app.log },
    settings: config.discord,
    ...{ token: environment.DISCORD_TOKEN, apiUrl: environment.DISCORD_API_URL },
  });
}

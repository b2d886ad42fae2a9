import { join } from 'node:path';
import { proxiesOf } from '../config/environment.ts';
import type { Loaded } from '../config/load.ts';
import type { Clock } from './base/Clock.ts';
import { sha256 } from './base/hash.ts';
import type { Log } from './base/log.ts';
import { linkToAnswer } from './bots/linkToAnswer.ts';
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
import { readerFor } from './knowledge/read/readFileAs.ts';
import { createReading } from './knowledge/read/readInWorker.ts';
import { createLikeness } from './knowledge/retrieve/createLikeness.ts';
import { createRetrieve } from './knowledge/retrieve/createRetrieve.ts';
import { createReplyLinker } from './knowledge/segment/createReplyLinker.ts';
import { WORDS_VERSION } from './knowledge/words/tokenize.ts';
import { openStore } from './store/store.ts';
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
  const { embedder, embedderFor } = await chooseEmbedder(
    config.embedding,
    environment,
    store.embeddingCache,
    thinking.embed,
  );
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
  // A thread each: what strangers put on the network must not hold up what the operator imports.
  const reading = { imported: createPageReading(config.import), fetched: createPageReading(config.import) };
  const imports = createImports({
    ingest,
    jobs: store.jobs,
    spaces: store.spaces,
    sources: store.sources,
    reading: reading.imported,
    settings: store.settings,
    now,
    includeBots: config.import.includeBots,
    maxDocumentBytes: config.import.fileMegabytes * 1024 ** 2,
    home,
    log,
  });

  const slackReach = environment.SLACK_BOT_TOKEN
    ? (await import('./platforms/slack/createSlackReach.ts')).createSlackReach({
        ...{ token: environment.SLACK_BOT_TOKEN, apiUrl: environment.SLACK_API_URL, store, log },
        membershipFreshMs: config.slack.membershipMinutes * 60_000,
      })
    : undefined;
  const discordReach = environment.DISCORD_TOKEN
    ? (await import('./platforms/discord/createDiscordReach.ts')).createDiscordReach({
        token: environment.DISCORD_TOKEN,
        apiUrl: environment.DISCORD_API_URL,
        store,
        log,
      })
    : undefined;
  const documents = createDocumentCatalogues({
    ...{ store, ingest, config, reading: reading.fetched, githubToken: environment.GITHUB_TOKEN },
    proxies: proxiesOf(environment),
  });
  const { catalogues } = documents;
  const keeping = await createKeeping({
    ...{ store, ingest, config, catalogues, log },
    ...{ slackSide: slackReach?.side, discordSide: discordReach?.side },
  });

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
  const model = await chooseModel(config.model, environment, store.settings, now);
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
  const checking = createTextChecking({ checks: store.textChecks, names: store.personNames, check });
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
    prompting: createTrainingPrompt(),
    thread: { module: new URL('./main/datasets/worker.ts', import.meta.url), databaseFile: deps.databaseFile },
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
    ...{ retrieve, model, ask, feedback, checking, learner, gaps, preferences, keeping, slackReach, discordReach },
    pageReading: reading.fetched,
    /** Starts what runs beside the database. */
    begin() {
      vectors.start();
      learner.wake();
    },
    sample: join(import.meta.dirname, '../sample'),
    async stop() {
      await Promise.all([preferences.leaving.stop(), imports.stop(), keeping.stop()]);
      await preferences.stop();
      await learner.stop();
      await indexer.stop();
      await documents.close();
      await thinking.close();
      await Promise.all([reading.imported.close(), reading.fetched.close()]);
      await vectors.stop();
      await store.close();
    },
  };
}

/** The readers of documents, in a thread of their own. */
function createPageReading({ fileMegabytes, fileSeconds, filePages }: Loaded['config']['import']) {
  const reading = createReading({
    maxBytes: fileMegabytes * 1024 ** 2,
    maxSeconds: fileSeconds,
    maxPages: filePages,
  });
  return { canRead: (path: string) => readerFor(path) !== undefined, ...reading };
}

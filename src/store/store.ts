import type { Clock } from '../base/Clock.ts';
import { createAnswers, createThreads } from './answers.ts';
import { createAudienceMoves } from './audienceMoves.ts';
import { createAudiences, createOpenAudience } from './audiences.ts';
import { createChannelMessages } from './channelMessages.ts';
import { type Database, openDatabase } from './database.ts';
import { createDatasetPlaces } from './datasetPlaces.ts';
import { createDatasets } from './datasets.ts';
import { createDiscordMembers } from './discordMembers.ts';
import { createDocuments } from './documents.ts';
import { createEmbeddingCache } from './embeddingCache.ts';
import { createFeedbackEvents } from './feedbackEvents.ts';
import { createFeedbackFold } from './feedbackFold.ts';
import { createFeedbackStats } from './feedbackStats.ts';
import { createFingerprints } from './fingerprints.ts';
import { createForgetting } from './forgetting.ts';
import { createImportedVotes } from './importedVotes.ts';
import { createInbox } from './inbox.ts';
import { createJobs } from './jobs.ts';
import { createLearning } from './learning.ts';
import { createApplyLearningRules } from './learningRules.ts';
import { createLeftOut } from './leftOut.ts';
import { createLinkedPages } from './linkedPages.ts';
import { createLinks } from './links.ts';
import { createMessageLinks } from './messageLinks.ts';
import { createMessages } from './messages.ts';
import { migrate } from './migrate.ts';
import { createNames } from './names.ts';
import { createOptOuts } from './optOuts.ts';
import { createOutbox } from './outbox.ts';
import { createPassages } from './passages.ts';
import { createPassageVotes } from './passageVotes.ts';
import { createPersonNames } from './personNames.ts';
import { createPosts } from './posts.ts';
import { createPreferenceRows } from './preferenceRows.ts';
import { createPreferenceWords } from './preferenceWords.ts';
import { createPromote } from './promotion.ts';
import { createQuestionsAsked } from './questionsAsked.ts';
import { createRemoval } from './removal.ts';
import { createReviews } from './reviews.ts';
import { createRevisions } from './revisions.ts';
import { createApplyRules } from './rules.ts';
import { createKeepSettings } from './served.ts';
import { createSettings } from './settings.ts';
import { createSources } from './sources.ts';
import { createSpaces } from './spaces.ts';
import { createSyncDocuments } from './syncDocuments.ts';
import { createSyncLooks } from './syncLooks.ts';
import { createSyncMarks } from './syncMarks.ts';
import { createSyncStates } from './syncStates.ts';
import { createSyncThreads } from './syncThreads.ts';
import { createTextChecks } from './textChecks.ts';
import { createUpkeep } from './upkeep.ts';
import { createGenerations, createVectorAudit, createVectorQueue } from './vectorQueue.ts';
import { createWebSessions } from './webSessions.ts';
import { createWordSearch } from './wordSearch/wordSearch.ts';

/** The database, as the ports that rooms use. */
export type Store = Awaited<ReturnType<typeof openStore>>;

/**
 * Opens (and, the first time, makes) the database of a home. The caller owns the home.
 * Throws BackscrollError `home` for a database of a newer version, a full disk, a file that is not ours.
 */
export async function openStore(databaseFile: string, now: Clock) {
  await migrate(databaseFile);
  const db: Database = openDatabase(databaseFile);
  const words = createWordSearch(databaseFile);
  const settings = createSettings(db);
  const lastMark = db.get<{ mark: number | null }>('SELECT max(mark) AS mark FROM dirty_conversations')?.mark;
  const revisions = createRevisions(lastMark ?? 0);
  const feedbackFold = createFeedbackFold(db);
  feedbackFold.fold();
  const feedbackEvents = createFeedbackEvents(db, feedbackFold);
  return {
    spaces: createSpaces(db, now),
    names: createNames(db),
    sources: createSources(db, now),
    audiences: createAudiences(db),
    audienceMoves: createAudienceMoves(db),
    messages: createMessages(db, revisions),
    links: createLinks(db, revisions),
    documents: createDocuments(db),
    passages: createPassages(db),
    words,
    embeddingCache: createEmbeddingCache(db),
    generations: createGenerations(db, settings, now),
    vectorQueue: createVectorQueue(db),
    vectorAudit: createVectorAudit(db),
    promote: createPromote(db),
    inbox: createInbox(db, now),
    outbox: createOutbox(db, now),
    posts: createPosts(db),
    discordMembers: createDiscordMembers(db),
    answers: createAnswers(db),
    threads: createThreads(db),
    feedbackEvents,
    feedbackFold,
    keepSettings: createKeepSettings(db),
    learning: createLearning(db),
    applyLearningRules: createApplyLearningRules(db, settings),
    textChecks: createTextChecks(db),
    personNames: createPersonNames(db),
    preferenceRows: createPreferenceRows(db),
    preferenceWords: createPreferenceWords(db),
    optOuts: createOptOuts(db, now),
    passageVotes: createPassageVotes(db),
    questionsAsked: createQuestionsAsked(db),
    openAudience: createOpenAudience(db),
    datasets: createDatasets(db),
    datasetPlaces: createDatasetPlaces(db),
    fingerprints: createFingerprints(db),
    reviews: createReviews(db),
    feedbackStats: createFeedbackStats(db),
    importedVotes: createImportedVotes(db, feedbackEvents),
    forgetting: createForgetting(db, now),
    webSessions: createWebSessions(db, now),
    jobs: createJobs(db, now),
    settings,
    applyRules: createApplyRules(db, settings),
    removal: createRemoval(db, settings),
    upkeep: createUpkeep(db),
    channelMessages: createChannelMessages(db),
    messageLinks: createMessageLinks(db),
    linkedPages: createLinkedPages(db),
    syncStates: createSyncStates(db, now),
    leftOut: createLeftOut(db),
    syncDocuments: createSyncDocuments(db, now),
    syncThreads: createSyncThreads(db),
    syncMarks: createSyncMarks(db, now),
    syncLooks: createSyncLooks(db),
    /** What is wrong with the file, or undefined: SQLite's own check. */
    check(): string | undefined {
      const found = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check;
      return found === 'ok' ? undefined : found;
    },
    async close() {
      await words.close();
      db.close();
    },
  };
}

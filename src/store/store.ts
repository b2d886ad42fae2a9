import type { Clock } from '../base/Clock.ts';
import { createAnswers, createThreads } from './answers.ts';
import { createAudienceMoves } from './audienceMoves.ts';
import { createAudiences } from './audiences.ts';
import { type Database, openDatabase } from './database.ts';
import { createDocuments } from './documents.ts';
import { createEmbeddingCache } from './embeddingCache.ts';
import { createFeedbackEvents } from './feedbackEvents.ts';
import { createInbox } from './inbox.ts';
import { createJobs } from './jobs.ts';
import { createLinks } from './links.ts';
import { createMessages } from './messages.ts';
import { migrate } from './migrate.ts';
import { createNames } from './names.ts';
import { createOutbox } from './outbox.ts';
import { createPassages } from './passages.ts';
import { createPosts } from './posts.ts';
import { createPromote } from './promotion.ts';
import { createRemoval } from './removal.ts';
import { createApplyRules } from './rules.ts';
import { createSettings } from './settings.ts';
import { createSources } from './sources.ts';
import { createSpaces } from './spaces.ts';
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
  return {
    spaces: createSpaces(db, now),
    names: createNames(db),
    sources: createSources(db, now),
    audiences: createAudiences(db),
    audienceMoves: createAudienceMoves(db),
    messages: createMessages(db),
    links: createLinks(db),
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
    answers: createAnswers(db),
    threads: createThreads(db),
    feedbackEvents: createFeedbackEvents(db),
    webSessions: createWebSessions(db, now),
    jobs: createJobs(db, now),
    settings,
    applyRules: createApplyRules(db, settings),
    removal: createRemoval(db, settings),
    upkeep: createUpkeep(db),
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

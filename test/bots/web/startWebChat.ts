import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../../src/base/log.ts';
import { createRespond, type Respond } from '../../../src/bots/respond.ts';
import { createWebChat } from '../../../src/bots/web/createWebChat.ts';
import type { WebDeps } from '../../../src/bots/web/WebDeps.ts';
import { createFeedback } from '../../../src/feedback/Feedback.ts';
import { openStore } from '../../../src/store/store.ts';
import { fillHarbour } from './harbour.ts';
import { createBrowser } from './httpBrowser.ts';
import { createScriptedAsk } from './scriptedAsk.ts';

/** The web chat on a free port with the real database, respond and feedback; only the answers are scripted. */
export async function startWebChat(given: Partial<WebDeps> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-web-'));
  let nowMs = Date.UTC(2026, 5, 1, 12);
  const now = () => nowMs;
  const log = createLog('silent');
  const store = await openStore(join(folder, 'backscroll.db'), now);
  const harbour = await fillHarbour(store);
  const scripted = createScriptedAsk();
  let accepted = 0;
  const web = createWebChat({
    accept: (question) => {
      accepted++;
      return respond.accept(question);
    },
    ...{ answers: store.answers, threads: store.threads, sessions: store.webSessions },
    ...{ passages: store.passages, audiences: store.audiences, names: store.names, spaces: store.spaces },
    sources: store.sources,
    feedback: createFeedback({ events: store.feedbackEvents, settings: store.settings, now }),
    suggestions: async () => ['Why is my VPN slow?', 'How do I set up the VPN?'],
    status: async () => ({ importing: false, wordsOnly: false }),
    ...{ host: '127.0.0.1', port: 0, sessionDays: 30, questionCharacters: 500, log, now },
    ...given,
  });
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers, ask: scripted.ask },
    ...{ chats: [web.chat], atOnce: 4, keepTracesDays: 90, log, now },
  });
  async function stop() {
    await respond.stop();
    await web.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
  const { address: url } = await web.listen().catch(async (error) => {
    await stop();
    throw error;
  });

  return {
    ...{ url, web, store, respond, scripted, harbour },
    link: () => web.link(),
    /** A browser that has opened a link of its own. */
    async signedIn() {
      const browser = createBrowser(url);
      await browser.open(web.link());
      return browser;
    },
    /** A browser that has opened nothing yet. */
    stranger: () => createBrowser(url),
    pass(ms: number) {
      nowMs += ms;
    },
    /** How many questions came through to `accept`. */
    accepted: () => accepted,
    stop,
  };
}

export type RunningWebChat = Awaited<ReturnType<typeof startWebChat>>;

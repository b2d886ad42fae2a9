import type { Store } from '../../store/store.ts';
import { chunkPage } from '../chunk/chunkPage.ts';
import type { PieceSize } from '../chunk/Piece.ts';
import type { Message } from '../Message.ts';
import type { Page } from '../read/Page.ts';
import type { Linker } from '../segment/Linker.ts';
import { buildConversations } from './buildConversations.ts';
import type { Indexer } from './createIndexer.ts';
import type { Changes, Ingest } from './Ingest.ts';
import { linkMessages } from './linkMessages.ts';
import { createPreparation, type Preparation } from './Preparation.ts';
import { passageDraft, passageWords } from './passageDraft.ts';

const NOTHING: Changes = { added: 0, changed: 0, unchanged: 0, removed: 0 };
const MOVED_AT_ONCE = 100;
const TELL_MS = 250;
/** So often what was thought about in the other thread may have come too late. */
const MOST_MISSED = 3;

/** Lets whoever asks a question meanwhile have their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Ingest on the database; see the port for what it owes. */
export function createIngest(deps: {
  readonly store: Pick<
    Store,
    'spaces' | 'sources' | 'messages' | 'links' | 'documents' | 'removal' | 'audienceMoves' | 'optOuts'
  >;
  readonly linker: Linker;
  readonly indexer: Indexer;
  readonly size: PieceSize;
  /** Where linking and cutting are done, if not in this thread; it follows the same linker and sizes. */
  readonly preparation?: Preparation;
}): Ingest {
  const { store, linker, indexer, size } = deps;
  const here = createPreparation({ linker, size });
  const preparation = deps.preparation ?? here;
  let turn: Promise<unknown> = Promise.resolve();

  /** One settling at a time: what one has read and is thinking about, another would only think about again. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const mine = turn.then(step, step);
    turn = mine.catch(() => {});
    return mine;
  }

  async function putMessages(source: number, messages: readonly Message[]): Promise<Changes> {
    const leftOut = store.optOuts.of(source);
    const isGone = (message: Message) => isEmptied(message) || leftOut.has(message.personId);
    const said = messages.filter((message) => !isGone(message));
    const gone = messages.filter(isGone).map(({ id }) => id);
    const changes = await store.messages.put(source, said, linker);
    if (changes.added + changes.changed > 0) store.sources.touch(source);
    if (gone.length === 0) return { ...NOTHING, ...changes };
    const { messages: removed } = await store.messages.remove(source, gone, linker);
    return { ...changes, removed };
  }

  async function moveAudiences(): Promise<boolean> {
    const pending = await store.audienceMoves.pending(MOVED_AT_ONCE);
    if (pending.length === 0) return false;
    await store.audienceMoves.moved(
      pending.map((passage) => ({ id: passage.id, ...passageWords(passage.documentTitle, passage, passage.language) })),
    );
    return true;
  }

  return {
    space: (space, people) => store.spaces.put(space, people),
    async source(declaration) {
      const source = await store.sources.put(declaration);
      store.sources.touch(source);
      return source;
    },

    messages: putMessages,

    async page(source, key, page: Page, url) {
      const pieces = chunkPage(page, size);
      const draft = {
        key,
        kind: 'page' as const,
        title: page.title,
        url,
        ...(page.updatedAtMs === undefined ? {} : { atUs: page.updatedAtMs * 1000 }),
        confirmations: 0,
        contradictions: 0,
      };
      const passages = pieces.map((piece) => passageDraft(page.title, piece, withAnchor(url, piece.anchor)));
      const changes = await store.documents.put(source, [{ key, draft, passages }]);
      indexer.wake();
      return changes;
    },

    async keepOnly(source, keys) {
      const gone = (await store.documents.keys(source)).filter((key) => !keys.has(key));
      if (gone.length === 0) return NOTHING;
      await store.removal.documents(source, gone);
      await store.removal.scrub();
      indexer.wake();
      return { ...NOTHING, removed: gone.length };
    },

    async drop(source, keys) {
      const { documents } = await store.removal.documents(source, keys);
      if (documents > 0) indexer.wake();
      return { ...NOTHING, removed: documents };
    },

    async settle({ signal, report, scrub = 'now' }) {
      let conversations = 0;
      let toldMs = Number.NEGATIVE_INFINITY;
      // Conversations of sources that are linked are built while others are being linked.
      const failed = new AbortController();
      const stopping = AbortSignal.any([signal, failed.signal]);
      let linking = true;
      let linkedMore = Promise.withResolvers<void>();
      const tell = () => {
        linkedMore.resolve();
        linkedMore = Promise.withResolvers();
      };

      async function linkAll() {
        for (let missed = 0; ; ) {
          // What came in between each time is linked in one go, so that a busy channel ends too.
          const way = missed < MOST_MISSED ? preparation : here;
          const { messages, held } = await linkMessages(store.links, linker, way);
          if (messages === 0) break;
          missed = held ? 0 : missed + 1;
          stopping.throwIfAborted();
          tell();
          await breathe();
        }
        linking = false;
        tell();
      }

      async function buildAll() {
        for (;;) {
          const more = linkedMore.promise;
          const isLast = !linking;
          const built = await buildConversations(store.documents, store.sources, preparation);
          stopping.throwIfAborted();
          if (built === 0 && !(await moveAudiences())) {
            if (isLast) break;
            await more;
            continue;
          }
          conversations += built;
          // Counting what is left costs more the more there is: now and then is enough for whoever watches.
          if (report && performance.now() - toldMs >= TELL_MS) {
            toldMs = performance.now();
            report({ conversations, vectors: await indexer.left() });
          }
          indexer.wake();
          await breathe();
        }
      }

      const guarded = (work: Promise<void>) =>
        work.catch((error: unknown) => {
          failed.abort(error);
          tell();
          throw error;
        });
      await inTurn(async () => {
        stopping.throwIfAborted();
        const ends = await Promise.allSettled([guarded(linkAll()), guarded(buildAll())]);
        stopping.throwIfAborted();
        for (const end of ends) if (end.status === 'rejected') throw end.reason;
      });
      // Not before the conversations are built again: their titles and neighbours held words of what is gone.
      if (scrub === 'now') await store.removal.scrub();
      await indexer.idle({
        signal,
        ...(report ? { report: (vectors) => report({ conversations, vectors }) } : {}),
      });
    },
  };
}

/** A message that was deleted comes once more, without words and files. */
function isEmptied({ text, files }: Message): boolean {
  return text.trim() === '' && files.length === 0;
}

function withAnchor(url: string, anchor: string | undefined): string {
  return anchor ? `${url.split('#')[0]}#${anchor}` : url;
}

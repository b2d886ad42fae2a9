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
import { passageDraft, passageWords } from './passageDraft.ts';

const NOTHING: Changes = { added: 0, changed: 0, unchanged: 0, removed: 0 };
const MOVED_AT_ONCE = 100;

/** Lets whoever asks a question meanwhile have their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Ingest on the database; see the port for what it owes. */
export function createIngest(deps: {
  readonly store: Pick<Store, 'spaces' | 'sources' | 'messages' | 'links' | 'documents' | 'removal' | 'audienceMoves'>;
  readonly linker: Linker;
  readonly indexer: Indexer;
  readonly size: PieceSize;
}): Ingest {
  const { store, linker, indexer, size } = deps;

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
    source: (source) => store.sources.put(source),

    async messages(source, messages) {
      const said = messages.filter((message) => !isEmptied(message));
      const emptied = messages.filter(isEmptied).map(({ id }) => id);
      const changes = await store.messages.put(source, said, linker);
      if (emptied.length === 0) return { ...NOTHING, ...changes };
      const { messages: removed } = await store.messages.remove(source, emptied, linker);
      return { ...changes, removed };
    },

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

    async settle({ signal, report }) {
      let conversations = 0;
      while ((await linkMessages(store.links, linker)) > 0) {
        signal.throwIfAborted();
        await breathe();
      }
      for (;;) {
        const built = await buildConversations(store.documents, store.sources, size);
        if (built === 0 && !(await moveAudiences())) break;
        conversations += built;
        report?.({ conversations, vectors: await indexer.left() });
        indexer.wake();
        signal.throwIfAborted();
        await breathe();
      }
      // Not before the conversations are built again: their titles and neighbours held words of what is gone.
      await store.removal.scrub();
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

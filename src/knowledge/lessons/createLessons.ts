import type { Documents } from '../../store/documents.ts';
import type { Removal } from '../../store/removal.ts';
import type { Sources } from '../../store/sources.ts';
import type { Indexer } from '../ingest/createIndexer.ts';
import type { Ingest } from '../ingest/Ingest.ts';
import { readMarkdown } from '../read/readMarkdown.ts';
import { cleanLesson, cleanTitle } from './cleanLesson.ts';

/** Where what people taught belongs: where the answer stood. */
type LessonHome =
  | { readonly kind: 'place'; readonly space: string; readonly channelId: string }
  | { readonly kind: 'person'; readonly space: string; readonly personId: string }
  | { readonly kind: 'everybody'; readonly space: string; readonly alsoOf: readonly string[] };

const NAME = 'Corrections';

/**
 * Questions with the answers that people gave to them, as documents: of the channel where the answer stood, so that they
 * are read by whoever reads it at each moment; else of a source of their own, for one person or for all of a space.
 */
export function createLessons(deps: {
  readonly ingest: Pick<Ingest, 'page' | 'source'>;
  readonly sources: Sources;
  readonly documents: Documents;
  readonly removal: Removal;
  readonly indexer: Indexer;
  readonly spaces: { list(): Promise<{ readonly id: string }[]> };
  /** The audience of all that everybody in a space may read. */
  readonly openAudience: (space: string) => number | undefined;
  /** Where an answer can be seen by those who see it, if it has a place on the web. */
  readonly linkTo: (sourceId: number, questionId: string) => Promise<string | undefined>;
}) {
  const { ingest, sources } = deps;

  return {
    async source(home: LessonHome) {
      if (!(await deps.spaces.list()).some(({ id }) => id === home.space)) return undefined;
      if (home.kind === 'place') {
        const found = sources
          .readable(home.space)
          .find(({ kind, key }) => kind === 'channel' && key === home.channelId);
        return found && { sourceId: found.id, audienceIds: [] };
      }
      if (home.kind === 'person') {
        const { space, personId } = home;
        const audience = { kind: 'members' as const, personIds: [personId] };
        const key = `feedback:person:${personId}`;
        return {
          sourceId: await ingest.source({ spaceId: space, kind: 'folder', key, name: NAME, audience }),
          audienceIds: [],
        };
      }
      const audienceIds = home.alsoOf.map((space) => deps.openAudience(space));
      // A space that nobody can read the whole of any more: then there is nobody for whom this would be right.
      if (audienceIds.includes(undefined)) return undefined;
      const sourceId = await ingest.source({
        ...{ spaceId: home.space, kind: 'folder', key: 'feedback:everybody', name: NAME },
        audience: { kind: 'everybody' },
      });
      return { sourceId, audienceIds: audienceIds as number[] };
    },

    async put(
      sourceId: number,
      lesson: {
        readonly key: string;
        readonly question: string;
        readonly questionId: string;
        readonly text: string;
        readonly atMs: number;
        readonly evidence: readonly { readonly text: string; readonly url: string }[];
      },
    ) {
      const text = cleanLesson(lesson.text, lesson.evidence);
      const title = cleanTitle(lesson.question);
      if (text === '' || title === '') return this.withdraw(sourceId, lesson.key, { erase: false });
      const { body } = readMarkdown(text, { fallbackTitle: title });
      const url = (await deps.linkTo(sourceId, lesson.questionId)) ?? '';
      await ingest.page(sourceId, lesson.key, { title, body, updatedAtMs: lesson.atMs }, url);
    },

    async withdraw(sourceId: number, key: string, { erase }: { readonly erase: boolean }) {
      if (erase) await deps.removal.documents(sourceId, [key]);
      else await deps.documents.put(sourceId, [{ key, passages: [] }]);
      if (erase) await deps.removal.scrub();
      deps.indexer.wake();
    },
  };
}

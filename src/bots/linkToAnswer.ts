import { answerPermalink } from '../platforms/slack/answerPermalink.ts';
import type { Posts } from '../store/posts.ts';
import type { Sources } from '../store/sources.ts';

/** Where the answer to a question stands, for who reads what was learned from it; else where its source is, if anywhere. */
export async function linkToAnswer(
  store: { readonly sources: Pick<Sources, 'find'>; readonly posts: Pick<Posts, 'ofQuestion'> },
  sourceId: number,
  questionId: string,
): Promise<string | undefined> {
  const source = await store.sources.find(sourceId);
  const [post] = store.posts.ofQuestion(questionId);
  if (source?.url && post?.platform === 'slack') return answerPermalink(source.url, source.spaceId, post);
  return source?.url;
}

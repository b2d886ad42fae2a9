import { describeEmbeddingCache } from '../contracts/embeddingCache.ts';
import { openTestStore } from './openTestStore.ts';

describeEmbeddingCache('the database', async () => {
  const opened = await openTestStore();
  return { cache: opened.store.embeddingCache, stop: () => opened.close() };
});

import type { Environment } from '../../../config/environment.ts';
import type { Config } from '../../../config/schema.ts';
import { createBuiltinEmbedder } from './builtin.ts';
import { type EmbeddingCache, withCache } from './cached.ts';
import type { Embedder } from './Embedder.ts';

/**
 * The embedder that the config names, and how to find one for vectors that were made earlier. The SDK of a server is
 * loaded for who has one.
 * @param embedElsewhere makes the built-in embedder's vectors of passages in another thread
 */
export async function chooseEmbedder(
  config: Config['embedding'],
  environment: Pick<Environment, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL'>,
  cache: EmbeddingCache,
  embedElsewhere?: (texts: readonly string[]) => Promise<Float32Array[]>,
): Promise<{ embedder: Embedder; embedderFor: (embedderId: string) => Embedder | undefined }> {
  const builtin = createBuiltinEmbedder(embedElsewhere);
  const embedder =
    config.provider === 'builtin'
      ? builtin
      : withCache(
          (await import('./openai.ts')).createOpenAiEmbedder({
            model: config.model,
            maxBatchTexts: config.batchTexts,
            ...(environment.OPENAI_API_KEY ? { apiKey: environment.OPENAI_API_KEY } : {}),
            ...(environment.OPENAI_BASE_URL ? { baseUrl: environment.OPENAI_BASE_URL } : {}),
            ...(config.dimensions === null ? {} : { dimensions: config.dimensions }),
            ...(config.questionPrefix ? { queryPrefix: config.questionPrefix } : {}),
            ...(config.passagePrefix ? { passagePrefix: config.passagePrefix } : {}),
          }),
          cache,
        );
  return { embedder, embedderFor: (id) => [embedder, builtin].find((known) => known.id === id) };
}

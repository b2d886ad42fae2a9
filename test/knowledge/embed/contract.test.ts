import { createBuiltinEmbedder } from '../../../src/knowledge/embed/builtin.ts';
import { createOpenAiEmbedder } from '../../../src/knowledge/embed/openai.ts';
import { describeEmbedder } from '../../contracts/embedder.ts';
import { startFakeOpenAi } from '../../fakes/openai/startFakeOpenAi.ts';

describeEmbedder('the builtin embedder', async () => ({
  embedder: createBuiltinEmbedder(),
  stop: async () => undefined,
}));

describeEmbedder('the OpenAI-compatible embedder', async () => {
  const fake = await startFakeOpenAi();
  const embedder = createOpenAiEmbedder({ baseUrl: fake.url, apiKey: fake.key, model: 'fake-embedding' });
  return { embedder, stop: () => fake.stop() };
});

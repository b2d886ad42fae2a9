import { createOpenAiModel } from '../../../src/knowledge/llm/openai.ts';
import { describeModel } from '../../contracts/model.ts';
import { createDrip } from '../../fakes/openai/Drip.ts';
import { startFakeOpenAi } from '../../fakes/openai/startFakeOpenAi.ts';

describeModel('an OpenAI-compatible model', async () => {
  const fake = await startFakeOpenAi();
  const drip = createDrip();
  const model = createOpenAiModel({
    baseUrl: fake.url,
    apiKey: fake.key,
    model: 'fake-chat',
    firstTokenTimeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    timeoutMs: 60_000,
    retryDelayMs: 0,
  });
  return {
    model,
    says: (text) => fake.reply({ text, drip }),
    release: (steps) => drip.release(steps),
    breaksOff: (text) => fake.reply({ text, ending: 'dies' }),
    hangs: () => fake.fail({ kind: 'hang' }),
    refuses: () => fake.fail({ kind: 'status', status: 403 }),
    isDown: () => fake.stop(),
    requestCount: () => fake.requests.length,
    firstRequest: () => fake.arrived(1),
    stop: () => fake.stop(),
  };
});

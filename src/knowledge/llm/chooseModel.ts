import type { Environment } from '../../../config/environment.ts';
import type { Config } from '../../../config/schema.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Settings } from '../../store/settings.ts';
import { createTokenBudget } from './budget.ts';
import { firstListed } from './firstListed.ts';
import type { Model } from './Model.ts';
import { withBudget } from './withBudget.ts';

/** What OpenAI itself is asked for when nobody names a model. Other servers have names of their own. */
const OPENAI_DEFAULT = 'gpt-5-mini';

/**
 * The model that writes answers, or undefined when no server is configured: then passages are quoted, and the SDK of a
 * server that nobody has is not loaded.
 */
export async function chooseModel(
  config: Config['model'],
  environment: Pick<Environment, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL'>,
  settings: Settings,
  now: Clock,
): Promise<Model | undefined> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = environment;
  if (!apiKey && !baseUrl) return undefined;
  const [{ createOpenAiModel }, { listModels }] = await Promise.all([
    import('./openai.ts'),
    import('./openai/listModels.ts'),
  ]);
  const server = { ...(apiKey ? { apiKey } : {}), ...(baseUrl ? { baseUrl } : {}) };
  const create = (name: string) =>
    createOpenAiModel({
      ...server,
      model: name,
      firstTokenTimeoutMs: config.firstTokenSeconds * 1000,
      idleTimeoutMs: config.firstTokenSeconds * 1000,
      timeoutMs: config.timeoutSeconds * 1000,
    });
  const name = config.name ?? (baseUrl ? undefined : OPENAI_DEFAULT);
  const model = name ? create(name) : firstListed((signal) => listModels(server, signal), create);
  if (config.tokensPerDay === null) return model;
  const keyOf = (day: string) => `tokens-${day}`;
  const budget = createTokenBudget({
    tokensPerDay: config.tokensPerDay,
    now,
    load: async (day) => Number(settings.get(keyOf(day)) ?? 0),
    save: async (day, tokens) => settings.set(keyOf(day), String(tokens)),
  });
  return withBudget(model, budget);
}

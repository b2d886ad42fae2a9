import { z } from 'zod';
import { connect, hostOf, type OpenAiServer } from './connect.ts';
import { toFailure } from './Failure.ts';

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * The names of the models that a server offers, as it lists them (GET /models).
 * @throws BackscrollError `unavailable` or `refused`
 */
export async function listModels(server: OpenAiServer, signal: AbortSignal): Promise<string[]> {
  try {
    const page = await connect(server).models.list({ signal });
    return listSchema.parse({ data: page.data }).data.map(({ id }) => id);
  } catch (thrown) {
    const failure = toFailure(thrown, { host: hostOf(server), model: 'its list of models', setting: 'OPENAI_MODEL' });
    throw failure.error;
  }
}

import OpenAI from 'openai';

/** Where an OpenAI-compatible server is. Without `baseUrl` it is OpenAI itself. */
export interface OpenAiServer {
  /** Up to and with the version: `http://127.0.0.1:11434/v1`. */
  readonly baseUrl?: string;
  /** Left out for servers that ask for none (Ollama, a vLLM of one's own). */
  readonly apiKey?: string;
}

const openAiUrl = 'https://api.openai.com/v1';

/**
 * A client that does nothing by itself: no retries and no log lines (ours know when to stop, and theirs carry texts), and
 * nothing taken from the environment, so that what OPENAI_ORG_ID and its like say never goes to somebody else's server.
 */
export function connect({ baseUrl = openAiUrl, apiKey }: OpenAiServer): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey || 'none',
    adminAPIKey: null,
    webhookSecret: null,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    ...(apiKey ? {} : { defaultHeaders: { Authorization: null } }),
  });
}

/** The host to name in sentences and logs: a URL may carry a password or a key. */
export function hostOf({ baseUrl = openAiUrl }: OpenAiServer): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'an address that is no URL';
}

/** What a model's makers say of it. */
export interface KnownModel {
  /** Length of its vectors. */
  readonly dimensions: number;
  /** Longer inputs are refused by some servers and cut by others. */
  readonly maxInputTokens: number;
  /** What the model was trained to see before a question and before a passage. */
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
}

const e5 = (dimensions: number): KnownModel => ({
  dimensions,
  maxInputTokens: 512,
  queryPrefix: 'query: ',
  passagePrefix: 'passage: ',
});

/** Sources: OpenAI's embeddings guide; the model cards on Hugging Face. */
const models: Readonly<Record<string, KnownModel>> = {
  'text-embedding-3-small': { dimensions: 1536, maxInputTokens: 8191 },
  'text-embedding-3-large': { dimensions: 3072, maxInputTokens: 8191 },
  'text-embedding-ada-002': { dimensions: 1536, maxInputTokens: 8191 },
  'multilingual-e5-small': e5(384),
  'multilingual-e5-base': e5(768),
  'multilingual-e5-large': e5(1024),
  'e5-small-v2': e5(384),
  'e5-base-v2': e5(768),
  'e5-large-v2': e5(1024),
  'nomic-embed-text': {
    dimensions: 768,
    maxInputTokens: 2048,
    queryPrefix: 'search_query: ',
    passagePrefix: 'search_document: ',
  },
  'mxbai-embed-large': {
    dimensions: 1024,
    maxInputTokens: 512,
    queryPrefix: 'Represent this sentence for searching relevant passages: ',
  },
  'bge-m3': { dimensions: 1024, maxInputTokens: 8192 },
  'all-minilm': { dimensions: 384, maxInputTokens: 256 },
};

/** Looks a model up by its bare name: `intfloat/multilingual-e5-small` and `bge-m3:latest` are found too. */
export function findKnownModel(model: string): KnownModel | undefined {
  const bare = (model.split('/').at(-1) ?? '').replace(/:[^:]*$/, '').toLowerCase();
  return Object.hasOwn(models, bare) ? models[bare] : undefined;
}

import { z } from 'zod';

const wholeNumber = (min: number, max: number) => {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};
const cron = z
  .string()
  .regex(/^[\d*/,A-Za-z-]+(?: [\d*/,A-Za-z-]+){4}$/, 'five fields as cron has them, like "17 * * * *"');
const positive = (max: number) => z.number().positive().max(max);
/** Where a proxy in front answers: the page asks for its files from the root, so there is no path. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !URL.canParse(url) || new URL(url).href === `${new URL(url).origin}/`, {
    error: 'an address without a path, like https://backscroll.example.com',
  })
  .transform((url) => new URL(url).origin);
/** A section left out is a section of defaults. */
const section = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape).prefault({} as never);

const url = z.url({ protocol: /^https?$/ });
/** Whose readers may read the documents of a source: whoever is in the space, or whoever is in one of its channels. */
const audience = z.union([z.literal('everybody'), z.strictObject({ channel: z.string().min(1) })], {
  error: 'everybody, or { channel: its id or name }',
});

/**
 * Every option, its default and what is allowed. `backscroll.yaml` beside this file shows the same to the operator;
 * a test holds the two together. Secrets are not here: they live in the environment (see environment.ts).
 */
export const configSchema = section({
  server: section({
    host: z.string().min(1).default('127.0.0.1'),
    port: wholeNumber(0, 65535).default(3000),
    publicUrl: origin.nullable().default(null),
  }),
  log: section({
    level: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  }),
  answers: section({
    passages: wholeNumber(1, 50).default(8),
    questionCharacters: wholeNumber(100, 100_000).default(4000),
    atOnce: wholeNumber(1, 64).default(4),
    keepTracesDays: wholeNumber(1, 3650).default(90),
  }),
  model: section({
    name: z.string().min(1).nullable().default(null),
    maxInputTokens: wholeNumber(500, 1_000_000).default(6000),
    maxOutputTokens: wholeNumber(50, 100_000).default(900),
    firstTokenSeconds: positive(600).default(20),
    timeoutSeconds: positive(3600).default(90),
    tokensPerDay: wholeNumber(1000, 1_000_000_000).nullable().default(null),
    price: z
      .strictObject({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) })
      .nullable()
      .default(null),
  }),
  embedding: section({
    provider: z.enum(['builtin', 'openai']).default('builtin'),
    model: z.string().min(1).default('text-embedding-3-small'),
    dimensions: wholeNumber(8, 8192).nullable().default(null),
    batchTexts: wholeNumber(1, 2048).default(256),
    questionPrefix: z.string().default(''),
    passagePrefix: z.string().default(''),
  }),
  chroma: section({
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    timeoutSeconds: positive(120).default(10),
    promoteAtPassages: wholeNumber(100, 10_000_000).default(20_000),
  }),
  passages: section({
    targetTokens: wholeNumber(50, 2000).default(320),
    maxTokens: wholeNumber(100, 4000).default(480),
    overlapTokens: wholeNumber(0, 400).default(30),
  }),
  retrieval: section({
    candidates: wholeNumber(10, 500).default(60),
    halfLifeDays: positive(36_500).default(730),
  }),
  import: section({
    fileMegabytes: positive(4096).default(20),
    fileSeconds: positive(600).default(20),
    filePages: wholeNumber(1, 100_000).default(2000),
    inputMegabytes: positive(65_536).default(1024),
    includeBots: z.boolean().default(false),
  }),
  sync: section({
    atOnce: wholeNumber(1, 32).default(4),
    shrinkShare: positive(1).default(0.3),
    alerts: section({
      failures: wholeNumber(1, 100).default(3),
      slackChannel: z
        .string()
        .regex(/^[CG][A-Z0-9]+$/, 'the id of a channel, like C012AB3CD')
        .nullable()
        .default(null),
    }),
    channels: section({
      cron: cron.default('17 * * * *'),
      staleHours: positive(8760).default(6),
      windowDays: positive(3650).default(2),
      passDays: positive(3650).default(7),
      which: z.enum(['all', 'open']).default('all'),
      names: z.array(z.string().min(1)).default(['*']),
      except: z.array(z.string().min(1)).default([]),
      exceptPeople: z.array(z.string().min(1)).default([]),
    }),
  }),
  links: section({
    enabled: z.boolean().default(true),
    allowHosts: z.array(z.string()).default([]),
    skipHosts: z
      .array(z.string().min(1))
      .default([
        'slack.com',
        'discord.com',
        'discordapp.com',
        'discord.gg',
        'zoom.us',
        'meet.google.com',
        'teams.microsoft.com',
        'giphy.com',
        'tenor.com',
        'youtube.com',
        'youtu.be',
      ]),
    perMessage: wholeNumber(1, 500).default(20),
    depth: wholeNumber(0, 3).default(0),
    depthHosts: z.array(z.string().min(1)).default([]),
    cron: cron.default('* * * * *'),
    refreshHours: positive(8760).default(24),
    staleHours: positive(8760).default(24),
    pageMegabytes: positive(200).default(10),
    timeoutSeconds: positive(600).default(30),
    atOnce: wholeNumber(1, 64).default(6),
    pauseSeconds: z.number().min(0).max(60).default(1),
    proxyResolves: z.boolean().default(false),
  }),
  sites: z
    .array(
      z.strictObject({
        url,
        space: z.string().min(1),
        name: z.string().min(1).optional(),
        audience: audience.default('everybody'),
        cron: cron.default('23 */2 * * *'),
        refreshDays: positive(365).default(7),
        maxPages: wholeNumber(1, 100_000).default(5000),
      }),
    )
    .default([]),
  folders: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        space: z.string().min(1),
        url: url.optional(),
        audience: audience.default('everybody'),
        cron: cron.default('* * * * *'),
      }),
    )
    .default([]),
  github: section({
    apiUrl: url.default('https://api.github.com'),
    cron: cron.default('*/10 * * * *'),
    staleHours: positive(8760).default(6),
    repositories: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[A-Za-z0-9][\w-]*\/[\w.-]+$/, 'owner/name'),
          space: z.string().min(1),
          files: z.boolean().default(true),
          issues: z.boolean().default(true),
          discussions: z.boolean().default(true),
          audience: audience.optional(),
        }),
      )
      .default([]),
  }),
  web: section({
    sessionDays: wholeNumber(1, 365).default(30),
  }),
  discord: section({
    messageContent: z.boolean().default(true),
    threadMessages: wholeNumber(0, 100).default(20),
    curators: z.array(z.string().regex(/^\d{5,20}$/, 'ids of people, like 80351110224678912')).default([]),
  }),
  feedback: section({
    learn: section({
      corrections: z.boolean().default(true),
      confirmedBy: wholeNumber(1, 1000).nullable().default(2),
      votes: z.boolean().default(true),
    }),
    gaps: section({
      days: wholeNumber(1, 3650).default(90),
      people: wholeNumber(1, 100).default(1),
    }),
    training: section({
      spaces: z.array(z.string().min(1)).default([]),
      evaluationFile: z.string().min(1).nullable().default(null),
      rowsPerQuestion: wholeNumber(1, 1_000_000).default(10),
      rowsPerPerson: wholeNumber(1, 1_000_000).default(500),
      rowTokens: wholeNumber(256, 1_000_000).default(16_384),
      seed: wholeNumber(0, 2_147_483_647).default(1),
    }),
  }),
  slack: section({
    followUps: z.enum(['mention', 'thread']).default('mention'),
    threadMessages: wholeNumber(0, 200).default(20),
    curators: z.array(z.string().regex(/^[UW][A-Z0-9]+$/, 'ids of people, like U012AB3CD')).default([]),
    membershipMinutes: wholeNumber(1, 1440).default(15),
    http: section({
      host: z.string().min(1).nullable().default(null),
      port: wholeNumber(0, 65535).nullable().default(null),
    }),
  }),
}).superRefine((config, context) => {
  const { targetTokens, maxTokens, overlapTokens } = config.passages;
  if (targetTokens > maxTokens) {
    context.addIssue({
      code: 'custom',
      path: ['passages', 'targetTokens'],
      message: `at most passages.maxTokens (${maxTokens})`,
      input: targetTokens,
    });
  }
  if (overlapTokens * 2 > targetTokens) {
    context.addIssue({
      code: 'custom',
      path: ['passages', 'overlapTokens'],
      message: `at most half of passages.targetTokens (${targetTokens})`,
      input: overlapTokens,
    });
  }
});

export type Config = z.output<typeof configSchema>;

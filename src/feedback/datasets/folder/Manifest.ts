import { z } from 'zod';
import { FORMATS } from '../Policy.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);
const bySplit = <T extends z.ZodType>(value: T) => z.object({ train: value, validation: value, test: value });

/** What a dataset says about itself. Nothing in it depends on when or where it was built: built again, it is the same. */
export const manifestSchema = z.object({
  kind: z.literal('backscroll-dataset'),
  version: z.literal(1),
  /** Made from the content and how it was chosen. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** The dataset that stood in this folder before. */
  parent: z.string().nullable(),
  format: z.enum(FORMATS),
  /** Of the prompt that the rows are put in. */
  prompt: z.string(),
  filters: z.object({
    spaces: z.array(z.string()),
    withoutPassages: z.boolean(),
    goodAbove: z.number(),
    badBelow: z.number(),
    nearDuplicate: z.number(),
    rowsPerQuestion: count,
    rowsPerPerson: count,
    rowTokens: count,
    evaluationQuestions: count,
  }),
  seed: z.int(),
  /** Answers that anybody said anything about. */
  answers: count,
  rows: bySplit(count),
  tokens: bySplit(count),
  /** Where rows come from: corrections, votes, answers that were confirmed, pairs. */
  kinds: counts,
  /** Of kto: how many of each class, and the weights that balance them. */
  classes: z
    .object({ desirable: count, undesirable: count, desirable_weight: z.number(), undesirable_weight: z.number() })
    .optional(),
  /** Of pairs: a model may learn that longer is better. */
  lengths: z.object({ chosenTokens: z.number(), rejectedTokens: z.number(), longerChosen: z.number() }).optional(),
  /** Sets of rows that belong together; none stands on two sides. */
  groups: bySplit(count),
  /** What is not in it, by reason. */
  leftOut: counts,
  /** Personal data that was replaced, by kind. */
  redacted: counts,
  warnings: z.array(z.string()),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: count })),
});

export type Manifest = z.output<typeof manifestSchema>;
export const MANIFEST_FILE = 'manifest.json';
export const CARD_FILE = 'README.md';

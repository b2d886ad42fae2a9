import { z } from 'zod';
import type { ExportReport } from '../../feedback/datasets/createExport.ts';
import { FORMATS, type Format } from '../../feedback/datasets/Policy.ts';
import type { Operation } from './Operation.ts';

/** Makes a dataset of what people said. */
export const feedbackExportOperation: Operation<
  { format: Format; out: string; withoutPassages: boolean },
  ExportReport
> = {
  name: 'feedback export',
  arguments: z.object({ format: z.enum(FORMATS), out: z.string().min(1), withoutPassages: z.boolean() }),
  run: (app, order, { signal }) => app.preferences.exportDataset(order, signal),
};

import { type ImportArguments, importOrderSchema } from '../../sync/import/createImports.ts';
import type { ImportReport } from '../../sync/import/runImport.ts';
import type { Operation } from './Operation.ts';
import { sampleSpace } from './sample.ts';

export type ImportResult = ImportReport & {
  /** The name of the sample space, while it is still there beside what was imported. */
  readonly sample?: string;
};

export const importOperation: Operation<ImportArguments, ImportResult> = {
  name: 'import',
  arguments: importOrderSchema,
  async run(app, order, io) {
    const report = await app.imports.run(order, io);
    const sample = await sampleSpace(app);
    return { ...report, ...(sample && sample.id !== report.space.id ? { sample: sample.name } : {}) };
  },
};

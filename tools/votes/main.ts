import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toVotes } from './toVotes.ts';

// Turns the human evaluation of IBM's MTRAG benchmark into votes for `backscroll feedback import`:
//   npx node tools/votes/main.ts FOLDER > votes.jsonl
// FOLDER has ratings.jsonl (task_id, model, question, contexts, response, human: {measure: {worker: value}}) and
// passages.jsonl (_id, title, text).

const [folder, ...rest] = process.argv.slice(2);
if (folder === undefined || rest.length > 0) {
  process.stderr.write(
    'Usage: npx node tools/votes/main.ts FOLDER > votes.jsonl (FOLDER has ratings.jsonl and passages.jsonl)\n',
  );
  process.exitCode = 2;
} else {
  const lines = (name: string) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  for (const vote of toVotes(lines('ratings.jsonl'), lines('passages.jsonl')))
    process.stdout.write(`${JSON.stringify(vote)}\n`);
}

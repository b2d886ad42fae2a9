import { createHash } from 'node:crypto';

export interface FakeComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly at: string;
  readonly isBot?: boolean;
  readonly isAnswer?: boolean;
  readonly replies: FakeComment[];
}

export interface FakeTalk {
  readonly number: number;
  title: string;
  body: string;
  updatedAt: string;
  isPull: boolean;
  readonly comments: FakeComment[];
}

/** One repository, as people change it. */
export interface FakeRepository {
  readonly name: string;
  readonly url: string;
  isPrivate: boolean;
  /** GitHub lists only a part of a very large tree. */
  isTruncated: boolean;
  readonly files: Map<string, { readonly bytes: Buffer; readonly sha: string }>;
  readonly issues: Map<number, FakeTalk>;
  readonly discussions: Map<number, FakeTalk>;
  write(path: string, content: string | Buffer): void;
  /** Makes an issue, or edits it. */
  issue(number: number, title: string, body: string, more?: { readonly isPull?: boolean }): void;
  discussion(number: number, title: string, body: string): void;
  comment(
    on: FakeTalk | undefined,
    author: string,
    body: string,
    more?: { isBot?: boolean; isAnswer?: boolean },
  ): FakeComment;
}

export function createRepository(name: string, address: string, now: () => number): FakeRepository {
  const files = new Map<string, { bytes: Buffer; sha: string }>();
  const [issues, discussions] = [new Map<number, FakeTalk>(), new Map<number, FakeTalk>()];
  let ids = 1000;
  const at = () => new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');

  function put(talks: Map<number, FakeTalk>, number: number, title: string, body: string, isPull = false): void {
    const known = talks.get(number) ?? { number, title, body, updatedAt: at(), isPull, comments: [] };
    talks.set(number, Object.assign(known, { title, body, updatedAt: at() }));
  }

  return {
    ...{ name, url: `${address}/${name}`, isPrivate: false, isTruncated: false, files, issues, discussions },
    write(path, content) {
      const bytes = Buffer.from(content as string);
      files.set(path, { bytes, sha: createHash('sha1').update(bytes).digest('hex') });
    },
    issue: (number, title, body, more = {}) => put(issues, number, title, body, more.isPull),
    discussion: (number, title, body) => put(discussions, number, title, body),
    comment(on, author, body, more = {}) {
      if (!on) throw new Error('There is nothing to comment on.');
      const comment = { id: ++ids, author, body, at: at(), replies: [], ...more };
      on.comments.push(comment);
      on.updatedAt = at();
      return comment;
    },
  };
}

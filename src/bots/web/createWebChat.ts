import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Chat } from '../Chat.ts';
import { createBrowserSessions } from './browserSessions.ts';
import { createApp } from './createApp.ts';
import { createLiveAnswers } from './liveAnswers.ts';
import { createOneTimeLinks } from './oneTimeLinks.ts';
import { createOwnAnswer } from './ownAnswer.ts';
import { readPageFiles } from './pageFiles.ts';
import { createViewPassage } from './viewPassage.ts';
import { createViewThread } from './viewThread.ts';
import type { WebDeps } from './WebDeps.ts';

const PAGE = new URL('./page/', import.meta.url);

/** The web chat on localhost: the platform of whoever has no other. */
export interface WebChat {
  /** What questions are answered through. */
  readonly chat: Chat;
  /** Opens the port. Throws BackscrollError `usage` when it is taken or may not be had. */
  listen(): Promise<{
    /** Where people open it. */
    readonly url: string;
    /** Where it listens, which is another place when a proxy stands in front. */
    readonly address: string;
  }>;
  /** An address that opens the chat in one browser, once, within an hour. Only after `listen`. */
  link(): string;
  /** The same for the operator's page, where doubtful answers are decided. */
  reviewLink(): string;
  /** Ends every stream and connection; resolves when the port is free. */
  close(): Promise<void>;
}

export function createWebChat(deps: WebDeps): WebChat {
  const links = createOneTimeLinks(deps.now);
  const reviewLinks = createOneTimeLinks(deps.now);
  const live = createLiveAnswers(deps);
  const closing = new AbortController();
  let server: Server | undefined;
  let port = deps.port;
  const address = () => `http://${linkedHost(deps.host)}:${port}`;
  const url = () => deps.publicUrl ?? address();

  return {
    chat: live.chat,
    async listen() {
      const listening = () => port;
      const app = createApp({
        ...deps,
        live,
        ...{ links, reviewLinks, operators: new Set<string>() },
        listening,
        closing: closing.signal,
        files: await readPageFiles(PAGE),
        browsers: createBrowserSessions({ ...deps, port: listening }),
        ownAnswer: createOwnAnswer(deps.answers),
        viewThread: createViewThread({ ...deps, live }),
        viewPassage: createViewPassage(deps),
      });
      server = createAdaptorServer({
        fetch: app.fetch,
        serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 },
      }) as Server;
      port = await open(server, deps.port, deps.host);
      return { url: url(), address: address() };
    },
    link() {
      if (!server?.listening)
        throw new BackscrollError('internal', 'A link was asked for before the web chat listened.');
      return `${url()}/?token=${links.make()}`;
    },
    reviewLink() {
      if (!server?.listening)
        throw new BackscrollError('internal', 'A link was asked for before the web chat listened.');
      return `${url()}/review?token=${reviewLinks.make()}`;
    },
    async close() {
      closing.abort();
      const open = server;
      if (!open?.listening) return;
      await new Promise<void>((resolve) => {
        open.close(() => resolve());
        open.closeAllConnections();
      });
    },
  };
}

function open(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenError(error, port, host));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): BackscrollError {
  const because = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new BackscrollError(
        'usage',
        `Port ${port} is in use by another program. Set PORT to another, or 0 for any free one.`,
        because,
      );
    case 'EACCES':
      return new BackscrollError(
        'usage',
        `Port ${port} may not be opened by this user. Set PORT to one above 1023.`,
        because,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new BackscrollError(
        'usage',
        `${host} is not an address of this machine. Set HOST to 127.0.0.1, or to an address that it has.`,
        because,
      );
    default:
      return new BackscrollError(
        'unavailable',
        `The web chat cannot listen on ${host}:${port} (${error.code}).`,
        because,
      );
  }
}

/** What to write in a link for an address that is listened on. */
function linkedHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

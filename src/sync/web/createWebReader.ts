import { createHash } from 'node:crypto';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Page } from '../../knowledge/read/Page.ts';
import { resolveLinks } from '../../knowledge/read/resolveLinks.ts';
import type { PageReading } from '../import/PageReading.ts';
import { canonicalUrl } from './canonicalUrl.ts';
import type { Fetch, Fetched } from './Fetch.ts';
import { fileNameOf } from './fileNameOf.ts';
import type { PageMemory, PageReader } from './PageReader.ts';
import { toUtf8 } from './toUtf8.ts';

/** Part of each hash: another number has every page read anew, whatever its server says. */
const READ_VERSION = 1;

const TEXT = /\.(?:x?html?|md\w*|markdown|mkd|txt|text|rst|log|csv|tsv)$/;

const SIGN_IN = /(?:^|[./_-])(?:log-?in|sign-?in|sso|saml2?|oauth2?|authori[sz]e|auth|idp|accounts?)(?:[./?_-]|$)/i;

/** Pages of the web, through the fetcher and the readers of documents. */
export function createWebReader(deps: { readonly fetch: Fetch; readonly reading: PageReading }): PageReader {
  return {
    takes: (url) => /^https?:/.test(url),
    async read(url, known, signal) {
      const fetched = await deps.fetch({ url, signal, ...conditions(known) });
      if (fetched.status !== 'ok') return fetched;
      refuseSignIn(url, fetched.url);
      const hash = hashOf(fetched.bytes);
      const memory: PageMemory = { hash, validators: validatorsOf(fetched) };
      if (known.hash === hash) return { status: 'unchanged', memory };
      const path = fileNameOf(fetched);
      if (!deps.reading.canRead(path)) {
        throw new BackscrollError(
          'input',
          `Left out: documents like ${path.slice(path.lastIndexOf('.'))} are not read.`,
        );
      }
      const bytes = TEXT.test(path) ? toUtf8(fetched.bytes, fetched.contentType) : fetched.bytes;
      const page = await deps.reading.read({ bytes, path, fallbackTitle: titleOf(fetched.url) });
      return { status: 'ok', page: resolveLinks(page, fetched.url), url: citedUrl(url, fetched, page), memory };
    },
  };
}

function conditions(known: PageMemory) {
  const { validators, hash } = known;
  return validators && hash?.startsWith(`${READ_VERSION}:`) ? { known: validators } : {};
}

function hashOf(bytes: Uint8Array): string {
  return `${READ_VERSION}:${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
}

function validatorsOf({ url, etag, lastModified }: Fetched & { status: 'ok' }) {
  return { url, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

/** A page that sends strangers to its door is not the page. */
function refuseSignIn(asked: string, answered: string): void {
  const [from, to] = [new URL(asked), new URL(answered)];
  if (asked === answered || (from.host === to.host && from.pathname === to.pathname)) return;
  const place = (url: URL) => `${url.hostname}${url.pathname}`;
  if (SIGN_IN.test(place(to)) && !SIGN_IN.test(place(from))) {
    throw new BackscrollError('refused', 'Not fetched: it is only for those who sign in there.');
  }
}

/**
 * The address that it was linked by, unless the page has moved for good, or its own host knows a better one: a page may
 * name any address as its own, but not lead away from where it stands.
 */
function citedUrl(asked: string, { url, movedForGood }: Fetched & { status: 'ok' }, page: Page): string {
  const own = page.url === undefined ? undefined : canonicalUrl(page.url);
  if (own !== undefined && new URL(own).host === new URL(url).host && new URL(own).pathname !== '/') return own;
  return movedForGood ? url : asked;
}

function titleOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  const last = pathname.split('/').findLast(Boolean);
  if (last === undefined) return hostname;
  try {
    return decodeURIComponent(last).toWellFormed().slice(0, 120);
  } catch {
    return last.slice(0, 120);
  }
}

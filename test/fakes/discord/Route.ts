import type { Hub } from './Hub.ts';
import type { FakeAttachment, Json } from './State.ts';

export interface RouteCall extends Hub {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly files: readonly FakeAttachment[];
}

/** One route of the API. */
export interface Route {
  /** `POST /channels/:channel/messages` */
  readonly route: string;
  /** `none`: the token in the path is what it takes (interactions and their webhooks). */
  readonly auth?: 'bot' | 'none';
  /** 200 without it. */
  readonly status?: number;
  /** Gives the body of the answer; undefined for 204. Throws `Refused`. */
  run(call: RouteCall): Json | undefined;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request; fixed words win over parameters. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const known = routes
    .map((route) => {
      const [method = '', path = ''] = route.route.split(' ');
      return { route, method, steps: path.split('/'), open: path.split(':').length };
    })
    .sort((a, b) => a.open - b.open);
  return (method, path) => {
    const given = path.split('/');
    for (const { route, method: own, steps } of known) {
      if (own !== method || steps.length !== given.length) continue;
      if (!steps.every((step, i) => step.startsWith(':') || step === decode(given[i] ?? ''))) continue;
      const params: Record<string, string> = {};
      for (const [i, step] of steps.entries()) if (step.startsWith(':')) params[step.slice(1)] = decode(given[i] ?? '');
      return { route, params };
    }
    return undefined;
  };
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

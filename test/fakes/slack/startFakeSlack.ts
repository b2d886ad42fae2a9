import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../clock/createClock.ts';
import { createState } from './createState.ts';
import { createOutlet } from './delivery.ts';
import { createEvents } from './events.ts';
import { everyScope } from './everyScope.ts';
import type { FakeSlack, FakeSlackOptions } from './FakeSlack.ts';
import { createFaults } from './faults.ts';
import { createHttpOut } from './httpEvents.ts';
import { createInteractions } from './interactions.ts';
import { createRateLimiter, slackLimits } from './limits.ts';
import { allMethods } from './methods/index.ts';
import { readBody } from './readCall.ts';
import { createReadingSide } from './readingSide.ts';
import { answerResponseUrl } from './responseUrl.ts';
import { createSocketMode } from './socketMode.ts';
import { createPerson } from './userSide.ts';
import { createWebApi } from './webApi.ts';
import { channelNamed } from './workspace.ts';
import { createWorkspaceSide } from './workspaceSide.ts';

/**
 * Starts a Slack on a free loopback port that speaks the wire: Web API, Socket Mode, events and interactivity over HTTP
 * with real signatures. It has one workspace, one app, and knows nothing of the code under test.
 */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const clock = options.clock ?? createClock();
  const { state, waiting } = createState(clock);
  const botToken = 'xoxb-0000000000-fake-bot-token';
  const appToken = 'xapp-1-A0FAKE001-0000000000-fake-app-token';
  state.tokens.set(botToken, { token: botToken, kind: 'bot', scopes: options.scopes ?? everyScope, state: 'good' });
  state.tokens.set(appToken, { token: appToken, kind: 'app', scopes: ['connections:write'], state: 'good' });

  const sockets = createSocketMode(state);
  const http = createHttpOut(state);
  http.listenAt(options.eventsUrl);
  const outlet = createOutlet(clock, () => (http.url ? http.carrier : sockets.carrier), state.changed);
  const events = createEvents(state, outlet, options.subscriptions ?? 'all');
  const interactions = createInteractions({ state, events }, outlet);
  const faults = createFaults();
  const limiter = createRateLimiter(clock, options.limits === 'off' ? 'off' : { ...slackLimits, ...options.limits });
  const api = createWebApi({ state, events, faults, limiter, methods: allMethods(sockets.ticket) });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const method = /^\/api\/([\w.]+)$/.exec(path)?.[1];
    if (method) return api.handle(method, request, response);
    const responseId = /^\/response\/\w+\/(\w+)$/.exec(path)?.[1];
    if (responseId && request.method === 'POST') {
      const text = (await readBody(request)).toString('utf8');
      const answer = answerResponseUrl({ state, events }, responseId, parse(text));
      response.writeHead(answer.status);
      return void response.end(answer.text);
    }
    state.violations.push(`there is no ${request.method} ${path}`);
    response.writeHead(404);
    response.end();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A client that went away while it was sending is what tests do; anything else is a mistake in the fake.
      if (request.destroyed && !request.complete) return;
      state.violations.push(`the fake itself failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.writeHead(500);
      response.end();
    });
  });
  server.on('upgrade', (request, socket) => sockets.upgrade(request, socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const token = (which: 'bot' | 'app') => state.tokens.get(which === 'bot' ? botToken : appToken);
  return {
    apiUrl: `${state.origin}/api/`,
    botToken,
    appToken,
    signingSecret: state.app.signingSecret,
    teamId: state.team.id,
    domain: state.team.domain,
    appId: state.app.id,
    botUserId: state.app.botUserId,
    botId: state.app.botId,
    clock,
    ...createWorkspaceSide({ state, events }),
    ...createReadingSide(state),
    user: (id) => createPerson({ state, events, interactions }, id),
    calls: (method) => api.calls.filter((call) => method === undefined || call.method === method),
    when: (holds) => waiting.when(holds),
    fail: (fault, where) => faults.add(fault, where),
    mend: () => faults.clear(),
    setToken(which, becomes) {
      const changed = token(which);
      if (changed) changed.state = becomes;
      if (which !== 'bot' || becomes !== 'revoked') return;
      events.emit({ type: 'tokens_revoked', tokens: { bot: [state.app.botUserId] }, event_ts: state.nextTs() });
    },
    setScopes(scopes) {
      const bot = token('bot');
      if (bot) bot.scopes = scopes;
    },
    events: {
      ...events,
      emit: (event, channelId) => events.emit(event, channelId ? channelNamed(state, channelId) : undefined),
    },
    sockets,
    http,
    async stop() {
      if (!server.listening) return;
      clock.stop();
      http.stop();
      sockets.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

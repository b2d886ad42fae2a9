import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '../clock/createClock.ts';
import { createPerson } from './createPerson.ts';
import { createState } from './createState.ts';
import type { FakeDiscord, FakeDiscordOptions } from './FakeDiscord.ts';
import { createFaults } from './faults.ts';
import { createGateway } from './gateway.ts';
import { createGuildSide } from './guildSide.ts';
import type { Hub } from './Hub.ts';
import { bitsOf, privilegedBits } from './intents.ts';
import { createRateLimiter, discordLimits } from './limits.ts';
import { createReadingSide } from './readingSide.ts';
import { createRestApi } from './restApi.ts';
import { allRoutes } from './routes/allRoutes.ts';
import type { Sparse } from './State.ts';

/**
 * Starts a Discord on a free loopback port that speaks the wire: REST v10, the gateway and interactions. It has one app,
 * no guild yet, and knows nothing of the code under test.
 */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const clock = options.clock ?? createClock();
  const limits = options.limits === 'off' ? 'off' : mergedLimits(options.limits);
  const { state, waiting } = createState(clock, sparseOf(options.sparse));
  if (options.privileged) state.allowedIntents = bitsOf(options.privileged);
  const gateway = createGateway(state, { heartbeatMs: options.heartbeatMs ?? 41_250, limits });
  const hub: Hub = { state, sessions: gateway.sessions };
  const faults = createFaults();
  const limiter = createRateLimiter(clock, limits);
  const api = createRestApi({ hub, faults, limiter, routes: allRoutes(gateway.identifiesLeft) });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    if (url.startsWith('/api/v10/')) return api.handle(url.slice('/api/v10'.length), request, response);
    const [, channelId = '', id = ''] = /^\/attachments\/(\d+)\/(\d+)\//.exec(url) ?? [];
    const channel = state.channels.get(channelId);
    const holders = [...(channel?.messages.values() ?? []), ...(channel?.ephemerals.values() ?? [])];
    const file = holders.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
    if (!file) {
      state.violations.push(`there is no ${request.method} ${url}`);
      response.writeHead(404);
      return void response.end();
    }
    response.writeHead(200, { 'content-type': file.type });
    response.end(file.bytes);
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
  server.on('upgrade', (request, socket) => gateway.upgrade(request, socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    apiUrl: `${state.origin}/api`,
    token: state.token,
    appId: state.app.id,
    botUserId: state.app.botUserId,
    clock,
    ...createGuildSide(hub),
    ...createReadingSide(state),
    user: (id) => createPerson(hub, id),
    calls: (route) => api.calls.filter((call) => route === undefined || call.route === route),
    invalidRequests: () => limiter.invalid(),
    when: (holds) => waiting.when(holds),
    fail: (fault, where) => faults.add(fault, where),
    mend: () => faults.clear(),
    setToken(becomes) {
      state.isTokenGood = becomes === 'good';
    },
    setPrivileged(intents) {
      state.allowedIntents = bitsOf(intents) & privilegedBits;
    },
    gateway: gateway.gateway,
    violations: state.violations,
    typings: state.typings,
    get interactions() {
      return [...state.interactions.values()].map(({ interaction }) => interaction);
    },
    async stop() {
      clock.stop();
      gateway.stop();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function sparseOf(given: FakeDiscordOptions['sparse']): Sparse {
  if (given === true) return { resume: 'refused', defer: 'refused', objects: 'lean' };
  return { resume: 'known', defer: 'known', objects: 'full', ...(given || {}) };
}

function mergedLimits(given: Exclude<FakeDiscordOptions['limits'], 'off'> = {}) {
  return { ...discordLimits, ...given, buckets: { ...discordLimits.buckets, ...given.buckets } };
}

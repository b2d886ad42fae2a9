import type { Route } from '../Route.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import { peopleRoutes } from './people.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
import { threadRoutes } from './threads.ts';

export function allRoutes(identifiesLeft: () => number): readonly Route[] {
  return [
    ...peopleRoutes(identifiesLeft),
    ...guildRoutes,
    ...channelRoutes,
    ...messageRoutes,
    ...pinRoutes,
    ...reactionRoutes,
    ...threadRoutes,
    ...commandRoutes,
    ...interactionRoutes,
  ];
}

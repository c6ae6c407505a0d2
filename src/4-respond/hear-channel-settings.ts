import { channelSettingsChanged } from '#delivery';
import { on } from '#platform/events.ts';
import { markCoverageStale } from './coverage/mark-stale.ts';

/** How mail, telephones and chats are connected decides which methods work, and so who is reached. */
export const hearChannelSettings = on(channelSettingsChanged, async (ctx) => markCoverageStale(ctx));

import { systemActor } from '#kernel/actor.ts';
import type { Rule } from '#platform/rule.ts';
import { renewCalendar, rulesFor, YEARS_AHEAD } from './change-calendars.ts';
import { RULES_VERSION } from './country-rules.ts';
import { findCalendar, findStaleCalendars } from './store.ts';

const BATCH = 20;

/** Every year, and after an update that brought other rules, the days that are to come are worked out again. */
export const extendCalendars: Rule = {
  name: 'access.holidays',
  async run(system, now) {
    const year = now.getUTCFullYear() + YEARS_AHEAD;
    for (const { workspaceId, id } of await findStaleCalendars(system, year, RULES_VERSION, BATCH)) {
      try {
        const who = { actor: systemActor('holidays'), workspaceId };
        const calendar = await findCalendar(system.read(who), id);
        if (!calendar) continue;
        const rules = await rulesFor(calendar, now);
        await system.transact(who, (ctx) => renewCalendar(ctx, id, calendar, rules));
      } catch (error) {
        system.log.error({ workspaceId, calendarId: id, err: String(error) }, 'holidays could not be worked out');
      }
    }
  },
};

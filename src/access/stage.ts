import type { Stage } from '#platform/stage.ts';
import { extendCalendars } from './holiday/extend-calendars.ts';
import { routes } from './routes.ts';
import { forgetSessions } from './session/forget-sessions.ts';
import { mountSignIn } from './session/mount.ts';

export const stage: Stage = {
  name: 'access',
  routes,
  jobs: [],
  rules: [forgetSessions, extendCalendars],
  on: [],
  mount: mountSignIn,
};

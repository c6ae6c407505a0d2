import { z } from 'zod';

/** What we say of a monitor. `unknown`: we could not tell, through a fault of ours; it never pages. */
export const monitorState = z.enum(['up', 'degraded', 'down', 'unknown', 'paused']);
export type MonitorState = z.output<typeof monitorState>;

import type { readMailSettings } from '#delivery/contract';
import type { RouteResult } from '#kernel/route.ts';

export type MailSettings = RouteResult<typeof readMailSettings>;

import { z } from 'zod';
import { id, line } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';
import { email, password, personName, timeZone } from '../schema.ts';
import { businessHours } from '../workspace/contract.ts';

export const readSetup = defineRoute({
  method: 'get',
  path: '/setup',
  permission: 'public',
  tag: 'Session',
  summary: 'Whether this installation still waits for its first visit',
  response: z.object({
    /** True until the first workspace exists. */
    open: z.boolean(),
    /** True when others than people on this machine could come first, so the code that the start printed is asked for. */
    needsCode: z.boolean(),
  }),
});

export const completeSetup = defineRoute({
  method: 'post',
  path: '/setup',
  permission: 'public',
  tag: 'Session',
  summary: 'First visit: make the owner and the workspace; sign in with the same address and password afterwards',
  body: z.object({
    name: personName,
    email,
    password,
    workspaceName: line(80),
    timeZone,
    businessHours: businessHours.optional(),
    /** What the start printed; needed when `needsCode` says so. */
    setupCode: z.string().trim().max(100).optional(),
  }),
  response: z.object({ userId: id('usr'), workspaceId: id('ws') }),
  status: 201,
});

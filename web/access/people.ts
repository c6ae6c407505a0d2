import { listUsers } from '#access/contract';
import type { RouteResult } from '#kernel/route.ts';
import { useRead } from '../data/query.ts';

export type Member = RouteResult<typeof listUsers>['items'][number];

/** Everybody in the workspace, deactivated people included: history names them too. */
export function useMembers() {
  return useRead(listUsers, { query: { limit: 200 } }, ['members']);
}

/** Turns an id into a name; `somebody` until the names are here. */
export function usePersonName(): (userId: string | null | undefined) => string {
  const { data } = useMembers();
  const names = new Map(data?.items.map((member) => [member.id, member.name]));
  return (userId) => (userId === null || userId === undefined ? 'nobody' : (names.get(userId) ?? 'somebody'));
}

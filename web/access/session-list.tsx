import { listSessions, revokeSession } from '#access/contract';
import { useAct, useRead } from '../data/query.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** `Firefox on Linux` out of a user agent, as far as it says. */
function deviceOf(userAgent: string | null): string {
  if (userAgent === null) return 'Unknown device';
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)/.exec(userAgent)?.[1] ?? 'A browser';
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  return `${names[browser] ?? browser}${system === undefined ? '' : ` on ${names[system] ?? system}`}`;
}

export function SessionList() {
  const sessions = useRead(listSessions, { query: { limit: 50 } }, ['settings']);
  const revoke = useAct(revokeSession, { touches: ['settings'] });
  return (
    <>
      <ErrorNote error={revoke.error} className="mb-2" />
      <Loaded read={sessions} rows={2}>
        {({ items }) => (
          <Rows>
            {items.map((session) => (
              <Row key={session.id} className="flex flex-wrap items-center justify-between gap-3">
                <div className="min-w-0">
                  <p className="flex items-center gap-2">
                    {deviceOf(session.userAgent)}
                    {session.current ? (
                      <Badge tone="ok" glyph="check">
                        this one
                      </Badge>
                    ) : null}
                  </p>
                  <p className="text-xs text-muted">
                    since <RelativeTime at={session.createdAt} />
                    {session.ipAddress === null ? '' : ` · from ${session.ipAddress}`}
                  </p>
                </div>
                {session.current ? null : (
                  <Button
                    size="sm"
                    busy={revoke.isPending && revoke.variables.params.id === session.id}
                    onClick={() => revoke.mutate({ params: { id: session.id } })}
                  >
                    Sign out
                  </Button>
                )}
              </Row>
            ))}
          </Rows>
        )}
      </Loaded>
    </>
  );
}

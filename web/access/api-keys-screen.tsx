import { useState } from 'react';
import { listApiKeys, listOwnApiKeys, revokeApiKey } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ApiKeyDialog } from './api-key-dialog.tsx';
import { usePersonName } from './people.ts';
import { roleName } from './roles.ts';

/** Every key of the workspace, for whoever looks after them. */
export function ApiKeysScreen() {
  return <KeyList title="Everybody’s API keys" keys={useList(listApiKeys, {}, ['settings'])} />;
}

/** One's own, for everybody. */
export function OwnApiKeysScreen() {
  return <KeyList title="Your API keys" own keys={useList(listOwnApiKeys, {}, ['settings'])} />;
}

type Keys = ReturnType<typeof useList<typeof listApiKeys>>;

function KeyList({ title, keys, own = false }: { title: string; keys: Keys; own?: boolean }) {
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<{ id: string; name: string }>();
  const nameOf = usePersonName();
  const revoke = useAct(revokeApiKey, {
    touches: ['settings'],
    onDone: () => {
      toast({ text: 'API key revoked' });
      setLeaving(undefined);
    },
  });
  const make = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      Make a key
    </Button>
  );
  return (
    <Page
      title={title}
      narrow
      acts={keys.items?.length === 0 ? null : make}
      below={
        <>
          {own ? 'With a key, the command line, scripts and other tools act as you.' : 'Each acts as whoever made it.'}{' '}
          <a className={textLink} href="/api/docs">
            Read the API reference
          </a>
        </>
      }
    >
      <LoadedList
        list={keys}
        empty={
          <EmptyState title="No API keys yet" act={make}>
            A key acts as you, with your access role or a lower one.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((key) => (
              <Row key={key.id} className="flex flex-wrap items-center gap-3">
                <div className="min-w-0 flex-1">
                  <p className="truncate font-medium">{key.name}</p>
                  <p className="text-xs text-muted">
                    <code className="font-mono">{key.hint}…</code> · {own ? null : <>by {nameOf(key.createdBy)} · </>}
                    {key.lastUsedAt === null ? (
                      'never used'
                    ) : (
                      <>
                        used <RelativeTime at={key.lastUsedAt} show="relative" />
                      </>
                    )}
                    {key.expiresAt === null ? null : (
                      <>
                        {' '}
                        · {Date.parse(key.expiresAt) <= Date.now() ? 'expired' : 'expires'}{' '}
                        <RelativeTime at={key.expiresAt} />
                      </>
                    )}
                  </p>
                </div>
                <Badge>{roleName(key.role)}</Badge>
                {key.scopes.includes('write') ? null : <Badge>read only</Badge>}
                <Button size="sm" onClick={() => setLeaving(key)}>
                  Revoke
                </Button>
              </Row>
            ))}
          </Rows>
        )}
      </LoadedList>
      {making ? <ApiKeyDialog onClose={() => setMaking(false)} /> : null}
      <ConfirmDialog
        open={leaving !== undefined}
        onOpenChange={() => setLeaving(undefined)}
        title={`Revoke “${leaving?.name ?? ''}”?`}
        consequence="Whatever uses it is refused from this moment. This cannot be undone."
        act="Revoke"
        danger
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => (leaving === undefined ? undefined : revoke.mutate({ params: { id: leaving.id } }))}
      />
    </Page>
  );
}

import { allowTarget, forbidTarget, listAllowedTargets } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Row, Rows } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { usePersonName } from './people.ts';

/** Which addresses beyond the public internet monitors and webhooks may reach. */
export function NetworksScreen() {
  const targets = useRead(listAllowedTargets, { query: { limit: 200 } }, ['settings']);
  const mayAllow = useMay('targets.allow');
  const nameOf = usePersonName();
  const forbid = useAct(forbidTarget, { touches: ['settings'], onDone: () => toast({ text: 'No longer allowed' }) });
  return (
    <Page
      title="Private networks"
      narrow
      below="Monitors and webhooks reach public addresses only, unless an owner allows a private network here. Cloud metadata addresses are never reached."
    >
      <div className="grid gap-4">
        {mayAllow ? <AllowForm /> : null}
        <ErrorNote error={forbid.error} />
        <Loaded read={targets} rows={2}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No private network is allowed">
                When you add a monitor for a private address, Allclear offers to allow its network.
              </EmptyState>
            ) : (
              <Rows>
                {items.map((target) => (
                  <Row key={target.cidr} className="flex items-center gap-3">
                    <code className="flex-1 font-mono text-sm">{target.cidr}</code>
                    {target.source === 'environment' ? (
                      <Badge>set by ALLCLEAR_ALLOWED_TARGETS</Badge>
                    ) : (
                      <span className="text-xs text-muted">by {nameOf(target.addedBy)}</span>
                    )}
                    {mayAllow && target.id !== null ? (
                      <Button size="sm" onClick={() => forbid.mutate({ params: { id: target.id ?? '' } })}>
                        Remove
                      </Button>
                    ) : null}
                  </Row>
                ))}
              </Rows>
            )
          }
        </Loaded>
      </div>
    </Page>
  );
}

function AllowForm() {
  const allow = useAct(allowTarget, { touches: ['settings'] });
  const form = useForm({
    initial: { cidr: '' },
    submit: async ({ cidr }) => {
      await allow.mutateAsync({ body: { cidr } });
      form.reset();
    },
  });
  return (
    <Panel className="p-4">
      <form noValidate onSubmit={form.onSubmit} className="flex flex-wrap items-end gap-3">
        <Field
          label="Network"
          hint="For example 10.0.0.0/8 or 192.168.1.20/32"
          error={form.error('cidr')}
          className="min-w-60 flex-1"
        >
          <Input {...form.text('cidr')} mono spellCheck={false} autoCapitalize="none" />
        </Field>
        <Button type="submit" busy={form.busy} className="mb-5">
          Allow
        </Button>
        <ErrorNote error={form.problem} shown={form.fields} className="basis-full" />
      </form>
    </Panel>
  );
}

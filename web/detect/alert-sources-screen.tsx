import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type AlertSourceView, createAlertSource, deleteAlertSource, listAlertSources } from '#detect/contract';
import type { RouteArguments } from '#kernel/route.ts';
import { listServices } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useAll, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useForm } from '../ui/use-form.ts';
import { MailAddress } from './mail-address.tsx';
import { RefusedList } from './refused-list.tsx';
import { SenderSnippet } from './sender-snippet.tsx';

/** Addresses where other tools send what they noticed. */
export function AlertSourcesScreen() {
  const sources = useList(listAlertSources, {}, ['settings', 'alerts']);
  const mayManage = useMay('alert-sources.manage');
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<AlertSourceView>();
  const remove = useAct(deleteAlertSource, {
    touches: ['settings'],
    onDone: () => {
      toast({ text: 'Alert source removed' });
      setLeaving(undefined);
    },
  });
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add a source
    </Button>
  ) : null;
  return (
    <Page
      title="Alert sources"
      narrow
      below="Other tools send to one of these addresses, and an alert opens here."
      acts={sources.items?.length === 0 ? null : add}
    >
      <LoadedList
        list={sources}
        empty={
          <EmptyState title="No alert sources yet" act={add}>
            Make an address for a script, a cron job or another monitoring tool. It opens and closes alerts with one
            request.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((source) => (
              <SourceRow
                key={source.id}
                source={source}
                onRemove={mayManage && source.kind !== 'form' ? () => setLeaving(source) : undefined}
              />
            ))}
          </Rows>
        )}
      </LoadedList>
      {adding ? <AddSourceDialog onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        open={leaving !== undefined}
        onOpenChange={() => setLeaving(undefined)}
        title={`Remove “${leaving?.name ?? ''}”?`}
        consequence="Its address stops working at once. The alerts that came by it stay."
        act="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => (leaving === undefined ? undefined : remove.mutate({ params: { id: leaving.id } }))}
      />
    </Page>
  );
}

function SourceRow({ source, onRemove }: { source: AlertSourceView; onRemove: (() => void) | undefined }) {
  return (
    <Row className="grid gap-2">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="truncate font-medium">
            <Link to="/settings/alert-sources/$sourceId" params={{ sourceId: source.id }} className={textLink}>
              {source.name}
            </Link>
            {source.shadow ? <Badge className="ml-2">In shadow</Badge> : null}
          </p>
          <p className="text-xs text-muted">
            {source.lastSignalAt === null ? (
              'no signal yet'
            ) : (
              <>
                last signal <RelativeTime at={source.lastSignalAt} />
              </>
            )}
          </p>
        </div>
        {onRemove === undefined ? null : (
          <Button size="sm" variant="ghost" onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      <Way source={source} />
    </Row>
  );
}

function Way({ source }: { source: AlertSourceView }) {
  if (source.kind === 'email') return <MailWay source={source} />;
  if (source.kind === 'ticket') return <TicketWay source={source} />;
  if (source.kind === 'form')
    return (
      <p className="text-xs text-muted">The form “Report a problem” of a status page, which switches it on and off.</p>
    );
  return source.kind === 'generic' ? <JsonWay source={source} /> : <ToolWay source={source} />;
}

/** The address and the configuration that makes another tool send to it. */
function ToolWay({ source }: { source: AlertSourceView }) {
  return (
    <>
      <CopyLine label={`Address of ${source.name}`} text={source.intakeUrl} />
      <details>
        <summary className="w-fit text-xs text-muted hover:text-text">
          How to make it send, and what was refused
        </summary>
        <div className="mt-2 grid gap-4">
          <SenderSnippet source={source} />
          <RefusedList sourceId={source.id} />
        </div>
      </details>
    </>
  );
}

function TicketWay({ source }: { source: AlertSourceView }) {
  return (
    <>
      <CopyLine label={`Address of ${source.name}`} text={source.intakeUrl} />
      <Link
        to="/settings/alert-sources/$sourceId/tickets"
        params={{ sourceId: source.id }}
        className={`w-fit text-xs ${textLink}`}
      >
        When tickets are the same, and what was refused
      </Link>
    </>
  );
}

function MailWay({ source }: { source: AlertSourceView }) {
  return (
    <>
      <MailAddress source={source} />
      <Link
        to="/settings/alert-sources/$sourceId/mail"
        params={{ sourceId: source.id }}
        className={`w-fit text-xs ${textLink}`}
      >
        Words in subjects, and what was refused
      </Link>
    </>
  );
}

function JsonWay({ source }: { source: AlertSourceView }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <CopyLine label={`Address of ${source.name}`} text={source.intakeUrl} />
      <Link
        to="/settings/alert-sources/$sourceId/mapping"
        params={{ sourceId: source.id }}
        className={`w-fit text-xs ${textLink}`}
      >
        Mapping, and what was refused
      </Link>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="w-fit text-xs text-muted hover:text-text">Try it from a terminal</summary>
        <div className="mt-2">{open ? <SenderSnippet source={source} /> : null}</div>
      </details>
    </>
  );
}

type NewKind = NonNullable<RouteArguments<typeof createAlertSource>['body']['kind']>;

function AddSourceDialog({ onClose }: { onClose: () => void }) {
  const services = useAll(listServices, {}, ['monitors']);
  const create = useAct(createAlertSource, { touches: ['settings'], onDone: onClose });
  const form = useForm({
    initial: { name: '', kind: 'generic', serviceId: '', shadow: false },
    submit: ({ name, kind, serviceId, shadow }) =>
      create.mutateAsync({
        body: { name, kind: kind as NewKind, shadow, ...(serviceId === '' ? {} : { serviceId }) },
      }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Add an alert source"
      onSubmit={form.onSubmit}
      footer={<FormActs act="Make the address" busy={form.busy} onCancel={onClose} />}
    >
      <div className="grid gap-4">
        <Field label="Name" hint="What will send to it" error={form.error('name')}>
          <Input {...form.text('name')} placeholder="Backup script" />
        </Field>
        <Field label="It sends" error={form.error('kind')}>
          <Select {...form.text('kind')}>
            <option value="generic">JSON: ours, or its own with a mapping</option>
            <option value="alertmanager">Prometheus Alertmanager</option>
            <option value="grafana">Grafana</option>
            <option value="pagerduty">What it sends to PagerDuty</option>
            <option value="opsgenie">What it sends to Opsgenie</option>
            <option value="email">Mail</option>
            <option value="ticket">Tickets of a help desk, or mails of customers</option>
          </Select>
        </Field>
        <Field label="Service" aside="optional" hint="Decides who is paged." error={form.error('serviceId')}>
          <Select {...form.text('serviceId')}>
            <option value="">None: the default escalation policy</option>
            {services.data?.items.map((service) => (
              <option key={service.id} value={service.id}>
                {service.name}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          label="In shadow"
          hint="Pages nobody and shows who would have been paged, until you let it go live."
          checked={form.values.shadow}
          onChange={({ target }) => form.set('shadow', target.checked)}
        />
        <ErrorNote error={form.problem} shown={form.fields} />
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { changeAlertSettings, readAlertSettings, type AlertSettingsView } from '#detect/contract';
import { formatDuration } from '#kernel/duration.ts';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Page, Panel } from '../ui/panel.tsx';

/** How alerts are treated. */
export function AlertSettingsScreen() {
  const settings = useRead(readAlertSettings, {}, ['settings']);
  return (
    <LoadedScreen read={settings} title="Alert handling">
      {(data) => <AlertSettings settings={data} />}
    </LoadedScreen>
  );
}

const QUIET = [
  { value: '', label: 'Never' },
  { value: '3600', label: 'After 1 hour' },
  { value: '21600', label: 'After 6 hours' },
  { value: '86400', label: 'After 1 day' },
  { value: '604800', label: 'After 7 days' },
];

const WINDOWS = [
  { value: 600, label: 'Within 10 minutes' },
  { value: 1_800, label: 'Within half an hour' },
  { value: 3_600, label: 'Within 1 hour' },
  { value: 14_400, label: 'Within 4 hours' },
  { value: 86_400, label: 'Within 1 day' },
];

function AlertSettings({ settings }: { settings: AlertSettingsView }) {
  const mayManage = useMay('routes.manage');
  const change = useAct(changeAlertSettings, {
    touches: ['settings'],
    onDone: () => toast({ text: 'Saved' }),
  });
  const chosen = String(settings.autoCloseSeconds ?? '');
  const known = QUIET.some(({ value }) => value === chosen);
  return (
    <Page title="Alert handling" narrow below="What happens to alerts that nobody touches.">
      <Panel className="grid gap-4 p-4">
        <Field
          label="Close alerts whose sender went quiet"
          hint="For alerts of alert sources and of people, outside incidents. Those of monitors and heartbeats end when these are up again."
        >
          <Select
            value={chosen}
            disabled={!mayManage || change.isPending}
            onChange={({ target }) =>
              change.mutate({ body: { autoCloseSeconds: target.value === '' ? null : Number(target.value) } })
            }
          >
            {known ? null : <option value={chosen}>After {chosen} seconds</option>}
            {QUIET.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Call it a storm"
          hint="Over so many new alerts that page in a minute, they ask as one: one page, with counts and what they have in common."
        >
          <Select
            value={String(settings.stormPerMinute ?? '')}
            disabled={!mayManage || change.isPending}
            onChange={({ target }) =>
              change.mutate({ body: { stormPerMinute: target.value === '' ? null : Number(target.value) } })
            }
          >
            <option value="">Never</option>
            {[...new Set([5, 10, 30, 60, 100, settings.stormPerMinute ?? 30])]
              .toSorted((a, b) => a - b)
              .map((count) => (
                <option key={count} value={count}>
                  Over {count} a minute
                </option>
              ))}
          </Select>
        </Field>
        <Field
          label="Monitors that ask one address"
          hint="Those that fail within so long of the first ask as one: it has the page, and the others are in its group."
        >
          <Select
            value={String(settings.addressSeconds ?? '')}
            disabled={!mayManage || change.isPending}
            onChange={({ target }) =>
              change.mutate({ body: { addressSeconds: target.value === '' ? null : Number(target.value) } })
            }
          >
            <option value="">Each asks for itself</option>
            {[...new Set([60, 120, 300, 600, 1_800, settings.addressSeconds ?? 300])]
              .toSorted((a, b) => a - b)
              .map((length) => (
                <option key={length} value={length}>
                  Within {formatDuration(length)}
                </option>
              ))}
          </Select>
        </Field>
        <Field
          label="Pages to one person"
          hint="Over so many by one method in ten minutes, the next ones come as one message with a list, once a minute at most. None is lost."
        >
          <Select
            value={String(settings.pagesPerPerson ?? '')}
            disabled={!mayManage || change.isPending}
            onChange={({ target }) =>
              change.mutate({ body: { pagesPerPerson: target.value === '' ? null : Number(target.value) } })
            }
          >
            <option value="">However many there are</option>
            {[...new Set([5, 10, 20, 50, settings.pagesPerPerson ?? 10])]
              .toSorted((a, b) => a - b)
              .map((count) => (
                <option key={count} value={count}>
                  At most {count}, then folded
                </option>
              ))}
          </Select>
        </Field>
        <Field
          label="One suspicion for critical alerts that nobody declares"
          hint="Those of one service, or without a service those of one source with the same labels, join the suspicion that is there while its alerts are open, and for so long after."
        >
          <Select
            value={String(settings.suspicionWindowSeconds ?? '')}
            disabled={!mayManage || change.isPending}
            onChange={({ target }) =>
              change.mutate({ body: { suspicionWindowSeconds: target.value === '' ? null : Number(target.value) } })
            }
          >
            <option value="">Each is one of its own</option>
            {WINDOWS.some(({ value }) => value === settings.suspicionWindowSeconds) ||
            settings.suspicionWindowSeconds === null ? null : (
              <option value={settings.suspicionWindowSeconds}>
                Within {formatDuration(settings.suspicionWindowSeconds)}
              </option>
            )}
            {WINDOWS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <SuspicionLabels
          key={settings.suspicionLabels.join()}
          labels={settings.suspicionLabels}
          disabled={!mayManage || change.isPending || settings.suspicionWindowSeconds === null}
          onChange={(suspicionLabels) => change.mutate({ body: { suspicionLabels } })}
        />
        <ErrorNote error={change.error} />
      </Panel>
    </Page>
  );
}

function SuspicionLabels({
  labels,
  disabled,
  onChange,
}: {
  labels: readonly string[];
  disabled: boolean;
  onChange: (labels: string[]) => void;
}) {
  const [text, setText] = useState(labels.join(', '));
  const named = text.split(',').flatMap((name) => name.trim() || []);
  return (
    <Field
      label="Labels that tell apart the alerts of one source"
      hint="For alerts without a service; names with commas between them. Alerts on which none of them says anything are alike to nothing."
    >
      <Input
        value={text}
        disabled={disabled}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => {
          if (named.join() !== labels.join()) onChange(named);
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') currentTarget.blur();
        }}
      />
    </Field>
  );
}

import { useState } from 'react';
import {
  type CreateMonitorInput,
  kindOfScheme,
  postMonitor,
  PROTOCOL_KINDS,
  listLocations,
  type ProtocolKind,
  testMonitor,
  traitsOf,
} from '#monitor/contract';
import { AllowSuggestion, suggestedNetwork } from '../access/allow-suggestion.tsx';
import { useAct, useList } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { FormActs } from '../ui/form-acts.tsx';
import { Input, Select } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { httpWords, kindWords } from './kind-words.ts';
import { type OptionDraft, optionDraftOf, optionsOf } from './option-field.ts';
import { OptionFields } from './option-fields.tsx';
import {
  freshStep,
  refuseSteps,
  type StepDraft,
  stepFaults,
  stepsOf,
  type VariableDraft,
  variablesOf,
} from './step-draft.ts';
import { StepsField } from './steps-field.tsx';
import { newTrial, TrialProgress } from './trial-progress.tsx';
import { TryAnswer } from './try-answer.tsx';

export type AskingKind = 'http' | ProtocolKind;

const INTERVALS = [10, 20, 30, 60, 120, 300, 600, 3_600, 21_600, 86_400];
const touches = ['monitors', 'status-pages', 'settings'];

/** Adds a monitor that asks; an address is enough, and its scheme chooses the kind. It can be tried before it is added. */
export function AddAskingForm({
  kind,
  isChosen,
  kinds,
  onKind,
  onAdded,
  onClose,
}: {
  kind: AskingKind;
  /** Somebody chose the kind: an address by HTTP does not choose another. */
  isChosen: boolean;
  kinds: React.ReactNode;
  onKind: (kind: AskingKind) => void;
  onAdded: (monitorId: string) => void;
  onClose: () => void;
}) {
  const words = kind === 'http' ? { ...httpWords, fields: [] } : kindWords[kind];
  const create = useAct(postMonitor, { touches, onDone: ({ id }) => onAdded(id) });
  const attempt = useAct(testMonitor, {});
  const { elsewhere = false, interval } = traitsOf(kind);
  const usual = interval?.usualSeconds ?? 30;
  const form = useForm({
    initial: {
      url: '',
      name: '',
      intervalSeconds: '',
      place: '',
      options: {} as OptionDraft,
      steps: [freshStep()],
      variables: [] as VariableDraft[],
    },
    refuse: ({ url, place, steps }) => ({
      ...(url.trim() === '' ? { url: `Give an address, for example ${words.placeholder}` } : {}),
      ...(elsewhere && place === '' ? { locations: 'Choose from where it is asked' } : {}),
      ...refuseSteps(steps),
    }),
    submit: ({ name, intervalSeconds, place, ...asked }) =>
      create.mutateAsync({
        body: {
          ...bodyOf(kind, asked),
          intervalSeconds: intervalSeconds === '' ? usual : Number(intervalSeconds),
          ...(name.trim() === '' ? {} : { name }),
          ...(elsewhere ? { locations: [place as `loc_${string}`] } : {}),
        },
      }),
  });
  const problem = form.problem ?? attempt.error;
  const isPrivate = suggestedNetwork(problem) !== undefined;
  const early = words.fields.filter((field) => field.early === true);
  const draft = { ...optionDraftOf(words.fields, {}), ...form.values.options };
  const [trial, setTrial] = useState('');
  const tryIt = () => {
    const own = kind === 'journey' ? { trial: newTrial() } : {};
    setTrial(own.trial ?? '');
    attempt.mutate({ body: { ...bodyOf(kind, form.values), ...own } });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add a monitor"
      onSubmit={form.onSubmit}
      size={kind === 'api' || kind === 'journey' ? 'lg' : 'md'}
      footer={
        <>
          {elsewhere ? null : (
            <Button
              className="mr-auto"
              busy={attempt.isPending}
              disabled={form.values.url.trim() === ''}
              onClick={tryIt}
            >
              Try it
            </Button>
          )}
          <FormActs act="Add" busy={form.busy} onCancel={onClose} />
        </>
      }
    >
      <div className="grid gap-4">
        {kinds}
        <Field label="Address" hint={words.hint} error={isPrivate ? undefined : form.error('url')}>
          <Input
            {...form.text('url')}
            onChange={(event) => {
              form.text('url').onChange(event);
              attempt.reset();
              const meant = schemeKind(event.target.value, kind, isChosen);
              if (meant !== null && meant !== kind) onKind(meant);
            }}
            placeholder={words.placeholder}
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        </Field>
        {early.length === 0 ? null : (
          <div className="grid gap-4 sm:grid-cols-6">
            <OptionFields
              fields={early}
              draft={draft}
              onChange={(next) => form.set('options', next)}
              error={form.error}
            />
          </div>
        )}
        {kind === 'api' ? (
          <StepsField
            steps={form.values.steps}
            variables={form.values.variables}
            onSteps={(next) => {
              form.set('steps', next);
              attempt.reset();
            }}
            onVariables={(next) => {
              form.set('variables', next);
              attempt.reset();
            }}
            faults={stepFaults(form, attempt.error)}
          />
        ) : null}
        {elsewhere ? <PlaceField input={form.text('place')} error={form.error('locations')} /> : null}
        <AllowSuggestion
          problem={problem}
          act={form.problem === undefined ? 'try' : 'add'}
          onAllowed={form.problem === undefined ? tryIt : form.send}
        />
        <details>
          <summary className="w-fit text-muted hover:text-text">Name and interval</summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            <Field label="Name" aside="optional" error={form.error('name')}>
              <Input {...form.text('name')} placeholder="the address" />
            </Field>
            <Field label="Check every" error={form.error('intervalSeconds')}>
              <Select {...form.text('intervalSeconds')} value={form.values.intervalSeconds || String(usual)}>
                {INTERVALS.filter((seconds) => seconds >= (interval?.minSeconds ?? 0)).map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {seconds < 60 ? `${seconds} s` : seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
        </details>
        {attempt.isPending && trial !== '' ? <TrialProgress trial={trial} /> : null}
        {attempt.data === undefined ? null : <TryAnswer answer={attempt.data} />}
        {isPrivate ? null : <ErrorNote error={problem} shown={form.fields} />}
      </div>
    </Dialog>
  );
}

/** Where the program is, for what is asked from elsewhere only. */
function PlaceField({ input, error }: { input: React.ComponentProps<typeof Select>; error: string | undefined }) {
  const { items: places = [] } = useList(listLocations, { query: { limit: 200 } }, ['locations']);
  return (
    <Field
      label="Where"
      error={error}
      hint={places.length === 0 ? 'There is no location yet: add one, and a probe there, under Settings.' : undefined}
    >
      <Select {...input}>
        <option value="">Choose a location</option>
        {places.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** What an address says of its kind; one by HTTP may be of several, and the chosen one stays. */
function schemeKind(address: string, chosen: AskingKind, isChosen: boolean): AskingKind | null {
  if (!/^https?:\/\//i.test(address.trim())) return kindOfScheme(address);
  if (isChosen) return null;
  return chosen !== 'http' && 'https' in PROTOCOL_KINDS[chosen].schemes ? chosen : 'http';
}

/** `example.org` is meant as `https://example.org`. */
function withScheme(url: string): string {
  const typed = url.trim();
  return typed === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
}

/** The question as it is sent; only the options that the dialog asks, so that the others keep their defaults. */
function bodyOf(
  kind: AskingKind,
  {
    url,
    options,
    steps,
    variables,
  }: { url: string; options: OptionDraft; steps: readonly StepDraft[]; variables: readonly VariableDraft[] },
) {
  if (kind === 'http') return { url: withScheme(url) };
  if (kind === 'api') {
    const asked = { steps: stepsOf(steps), variables: variablesOf(variables) };
    return { kind, url: url.trim(), options: asked } as CreateMonitorInput;
  }
  const early = kindWords[kind].fields.filter((field) => field.early === true);
  const draft = { ...optionDraftOf(early, {}), ...options };
  // The server's contract is a union by kind; what the fields of a kind give is its options.
  return {
    kind,
    url: kind === 'journey' ? withScheme(url) : url.trim(),
    options: optionsOf(early, draft),
  } as CreateMonitorInput;
}

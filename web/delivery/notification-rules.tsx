import X from 'lucide-react/icons/x';
import {
  changeNotificationRule,
  type ContactMethodView,
  createNotificationRule,
  deleteNotificationRule,
  listNotificationRules,
  type NotificationRuleView,
  type Urgency,
} from '#respond/contract';
import { useAct, useRead } from '../data/query.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Select } from '../ui/input.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { channels, nameOf } from './channels.ts';

const touches = ['settings', 'members', 'policies'];
const delays = [0, 60, 120, 180, 300, 360, 600, 900, 1800, 3600];
const delayWords = (seconds: number) => (seconds === 0 ? 'at once' : `after ${seconds / 60} min`);

const urgencies: { urgency: Urgency; title: string; detail: string; none: string }[] = [
  {
    urgency: 'high',
    title: 'Urgent pages',
    detail: 'Something is down, SEV1 and SEV2. They never wait.',
    none: 'You would not be told of urgent pages. Add at least one line.',
  },
  {
    urgency: 'low',
    title: 'Other pages',
    detail: 'Warnings, SEV3.',
    none: 'You are not told of these.',
  },
];

/** By what and when you are told, until you acknowledge. */
export function NotificationRules({ methods }: { methods: readonly ContactMethodView[] }) {
  const rules = useRead(listNotificationRules, { query: { limit: 100 } }, ['settings']);
  const verified = methods.filter(({ verifiedAt }) => verifiedAt !== null);
  return (
    <Section title="When each is used" aside="counted from the page, until you acknowledge it">
      <Loaded read={rules} rows={2}>
        {({ items }) => (
          <div className="grid gap-4">
            {urgencies.map((one) => (
              <RuleGroup
                key={one.urgency}
                {...one}
                rules={items.filter(({ urgency }) => urgency === one.urgency)}
                methods={verified}
              />
            ))}
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function RuleGroup({
  urgency,
  title,
  detail,
  none,
  rules,
  methods,
}: (typeof urgencies)[number] & { rules: NotificationRuleView[]; methods: readonly ContactMethodView[] }) {
  const add = useAct(createNotificationRule, { touches });
  const ordered = [...rules].sort((a, b) => a.delaySeconds - b.delaySeconds);
  return (
    <Panel className="p-4">
      <h3 className="font-medium">{title}</h3>
      <p className="text-xs text-muted">{detail}</p>
      <ul className="mt-3 grid gap-2">
        {ordered.map((rule) => (
          <RuleLine
            key={rule.id}
            rule={rule}
            taken={takenBy(ordered, rule.contactMethodId)}
            method={methods.find(({ id }) => id === rule.contactMethodId)}
          />
        ))}
      </ul>
      {ordered.length === 0 ? <Note tone={urgency === 'high' ? 'warn' : 'neutral'}>{none}</Note> : null}
      <div className="mt-3 flex flex-wrap gap-2">
        {methods.map((method) => (
          <Button
            key={method.id}
            size="sm"
            busy={add.isPending && add.variables.body.contactMethodId === method.id}
            onClick={() => {
              const delaySeconds = nextDelay(ordered, method.id);
              add.mutate({ body: { contactMethodId: method.id, urgency, delaySeconds } });
            }}
          >
            Add {channels[method.kind].name}
          </Button>
        ))}
      </div>
      <ErrorNote error={add.error} className="mt-2" />
    </Panel>
  );
}

/** The times at which a method tells already; it cannot tell twice at one. */
function takenBy(rules: readonly NotificationRuleView[], methodId: string): number[] {
  return rules.filter(({ contactMethodId }) => contactMethodId === methodId).map(({ delaySeconds }) => delaySeconds);
}

/** A while after everything else, or else the last time that the method has free. */
function nextDelay(ordered: readonly NotificationRuleView[], methodId: string): number {
  const last = ordered.at(-1)?.delaySeconds;
  const next = last === undefined ? 0 : Math.min(last + 300, 3600);
  const taken = takenBy(ordered, methodId);
  return taken.includes(next) ? (delays.findLast((delay) => !taken.includes(delay)) ?? next) : next;
}

type RuleLineProps = {
  readonly rule: NotificationRuleView;
  readonly taken: readonly number[];
  readonly method: ContactMethodView | undefined;
};

function RuleLine({ rule, taken, method }: RuleLineProps) {
  const change = useAct(changeNotificationRule, { touches });
  const remove = useAct(deleteNotificationRule, { touches });
  const params = { id: rule.id };
  const words =
    method === undefined ? 'a method that is not verified' : `${channels[method.kind].name} ${nameOf(method)}`;
  return (
    <li>
      <div className="flex items-center gap-2">
        <Select
          aria-label={`When, for ${words}`}
          value={String(rule.delaySeconds)}
          onChange={(event) => change.mutate({ params, body: { delaySeconds: Number(event.target.value) } })}
          className="max-w-32"
        >
          {[...new Set([...delays, rule.delaySeconds])]
            .filter((seconds) => seconds === rule.delaySeconds || !taken.includes(seconds))
            .sort((a, b) => a - b)
            .map((seconds) => (
              <option key={seconds} value={seconds}>
                {delayWords(seconds)}
              </option>
            ))}
        </Select>
        <span className="min-w-0 flex-1 truncate" title={words}>
          {words}
        </span>
        <IconButton
          label={`Remove ${words} ${delayWords(rule.delaySeconds)}`}
          size="sm"
          onClick={() => remove.mutate({ params })}
        >
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <ErrorNote error={change.error ?? remove.error} className="mt-1" />
    </li>
  );
}

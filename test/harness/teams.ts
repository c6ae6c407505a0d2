import { createSinkServer, type Mood, type SinkRequest } from './sink-server.ts';

type TextRun = { readonly type: string; readonly text: string };
type Card = {
  readonly type: string;
  readonly version: string;
  readonly body: readonly { readonly type: string; readonly inlines: readonly TextRun[] }[];
  readonly actions: readonly { readonly type: string; readonly title: string; readonly url: string }[];
};
type Envelope = {
  readonly type: string;
  readonly attachments: readonly { readonly contentType: string; readonly content: Card }[];
};

type TeamsMessage = { readonly words: string; readonly buttons: Readonly<Record<string, string>> };

export type TeamsServer = {
  /** The URL that the workflow shows; whoever has it may write. */
  readonly url: string;
  readonly messages: TeamsMessage[];
  readonly setMood: (mood: Mood) => void;
  /** Its owner removes the workflow. */
  readonly remove: () => void;
  readonly close: () => Promise<void>;
};

const MAX_BYTES = 28_000;
const SIGNATURE = 'sig=Zm9yZ2V0LW1lLW5vdA';

/**
 * Stands in for a workflow's webhook trigger with a card behind it, written from the public contract: a signature in the
 * query, a message with Adaptive Cards, 202 when it was taken, and the error codes of workflows.
 */
export async function createTeamsServer(): Promise<TeamsServer> {
  const messages: TeamsMessage[] = [];
  let removed = false;
  const refuse = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } });

  function answer(request: SinkRequest): { status: number; body: object } {
    if (removed) return refuse(404, 'WorkflowNotFound', "The workflow 'a1b2' could not be found.");
    if (!request.path.endsWith(`&${SIGNATURE}`))
      return refuse(401, 'DirectApiAuthorizationRequired', 'The request must be authenticated.');
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
      return refuse(400, 'TriggerInputSchemaMismatch', 'The input body for trigger did not match its schema.');
    if (request.bytes.length > MAX_BYTES) return refuse(413, 'RequestEntityTooLarge', 'The message is too large.');
    const { type, attachments } = JSON.parse(request.body) as Envelope;
    const card = attachments[0]?.content;
    if (
      type !== 'message' ||
      attachments[0]?.contentType !== 'application/vnd.microsoft.card.adaptive' ||
      !isCard(card)
    )
      return refuse(400, 'TriggerInputSchemaMismatch', 'The input body for trigger did not match its schema.');
    messages.push({
      words: card.body.flatMap(({ inlines }) => inlines.map(({ text }) => text)).join('\n'),
      buttons: Object.fromEntries(card.actions.map(({ title, url }) => [title, url])),
    });
    return { status: 202, body: {} };
  }

  const server = await createSinkServer(answer);
  return {
    url: `${server.origin}/workflows/a1b2/triggers/manual/paths/invoke?api-version=2016-06-01&${SIGNATURE}`,
    messages,
    setMood: server.setMood,
    remove: () => void (removed = true),
    close: server.close,
  };
}

function isCard(card: Card | undefined): card is Card {
  return (
    card?.type === 'AdaptiveCard' &&
    /^1\.[0-5]$/.test(card.version) &&
    card.body.every(
      ({ type, inlines }) => type === 'RichTextBlock' && inlines.every((one) => one.type === 'TextRun'),
    ) &&
    card.actions.every(({ type, url }) => type === 'Action.OpenUrl' && URL.canParse(url))
  );
}

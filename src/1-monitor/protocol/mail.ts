import type { Socket } from 'node:net';
import type { CheckRun, CheckWorld } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import type { CheckError, SpecOf } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import { connect, startTls } from './connect.ts';
import type { Asked } from '../check/answer.ts';
import { readUntil } from './read-until.ts';
import { trustOf } from './trust.ts';

type MailKind = 'smtp' | 'imap' | 'pop3';

/** What is said in turn, when an answer is whole, and which one is a yes. */
interface Step {
  readonly say: string;
  readonly whole: RegExp;
  readonly yes: RegExp;
}

interface Dialogue {
  readonly greeting: Omit<Step, 'say'>;
  /** Asks what the server can do. */
  readonly hello: Step;
  readonly offersTls: RegExp;
  readonly startTls: Step;
  readonly bye: string;
}

const SMTP_REPLY = /^\d{3}(?: [^\n]*)?\n/m;
const POP3_REPLY = /^(?:\+OK|-ERR)[^\n]*\n/;

/** RFC 5321 and 3207, RFC 3501, RFC 1939 and 2595. */
const DIALOGUES: Readonly<Record<MailKind, Dialogue>> = {
  smtp: {
    greeting: { whole: SMTP_REPLY, yes: /^220/ },
    hello: { say: 'EHLO allclear.invalid\r\n', whole: SMTP_REPLY, yes: /^250/ },
    offersTls: /^250[ -]STARTTLS/im,
    startTls: { say: 'STARTTLS\r\n', whole: SMTP_REPLY, yes: /^220/ },
    bye: 'QUIT\r\n',
  },
  imap: {
    greeting: { whole: /^\* [^\n]*\n/, yes: /^\* (?:OK|PREAUTH)/i },
    hello: { say: 'a1 CAPABILITY\r\n', whole: /^a1 [^\n]*\n/im, yes: /^a1 OK/im },
    offersTls: /^\* CAPABILITY [^\n]*\bSTARTTLS\b/im,
    startTls: { say: 'a2 STARTTLS\r\n', whole: /^a2 [^\n]*\n/im, yes: /^a2 OK/im },
    bye: 'a3 LOGOUT\r\n',
  },
  pop3: {
    greeting: { whole: POP3_REPLY, yes: /^\+OK/ },
    // A server that knows no CAPA is none the worse.
    hello: { say: 'CAPA\r\n', whole: /^(?:-ERR[^\n]*|\.\r?)\n/m, yes: /^(?:\+OK|-ERR)/ },
    offersTls: /^STLS\r?$/im,
    startTls: { say: 'STLS\r\n', whole: POP3_REPLY, yes: /^\+OK/ },
    bye: 'QUIT\r\n',
  },
};

/** Up when the server greets, says what it can do, and starts TLS where that is asked for. Nobody logs in. */
export async function askMail<Kind extends MailKind>(
  spec: SpecOf<Kind>,
  target: Target,
  run: CheckRun,
  world: CheckWorld,
): Promise<Asked> {
  const { startTls: wanted, ...trust }: SpecOf<MailKind>['options'] = spec.options;
  const dialogue = DIALOGUES[spec.kind];
  const secure = trustOf(trust);
  const connected = await connect(target, target.secure ? secure : null, run, world);
  if (!connected.ok) return { error: connected.error, received: null };
  let { socket } = connected;
  let transcript = '';
  const hear = async (step: Omit<Step, 'say'>): Promise<CheckError | null> => {
    const { error, text } = await listen(socket, target, run, step);
    transcript += text;
    return error;
  };
  const say = (step: Step): Promise<CheckError | null> => {
    socket.write(step.say);
    return hear(step);
  };
  const received = () => ({ status: null, headers: [], body: Buffer.from(transcript) });
  try {
    const error = (await hear(dialogue.greeting)) ?? (await say(dialogue.hello));
    if (error !== null) return { error, received: received() };
    const offered = dialogue.offersTls.test(transcript);
    if (target.secure || wanted === 'never' || (wanted === 'offered' && !offered))
      return { error, received: received() };
    if (!offered) return { error: fault('tls', 'the server offers no STARTTLS'), received: received() };
    const refusal = await say(dialogue.startTls);
    if (refusal !== null) return { error: refusal, received: received() };
    const secured = await startTls(socket, target, secure, run, world);
    if (!secured.ok) return { error: secured.error, received: received() };
    ({ socket } = secured);
    // What was said before TLS may be anybody's, so it is said again.
    transcript = '';
    return { error: await say(dialogue.hello), received: received() };
  } finally {
    socket.end(dialogue.bye);
    socket.destroySoon();
  }
}

async function listen(
  socket: Socket,
  target: Target,
  run: CheckRun,
  { whole, yes }: Omit<Step, 'say'>,
): Promise<{ readonly error: CheckError | null; readonly text: string }> {
  const closed = fault('truncated', 'the server closed the connection before its answer was whole');
  const heard = await readUntil(socket, target, run, (bytes) => whole.test(bytes.toString('latin1')), closed);
  const text = heard.bytes.toString('latin1');
  if (heard.error !== null || yes.test(text)) return { error: heard.error, text };
  return { error: fault('answer', `the server said no: ${text.trim().slice(0, 200)}`), text };
}

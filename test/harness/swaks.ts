import { execFile } from 'node:child_process';

export type SwaksMail = {
  readonly to: readonly string[];
  readonly subject: string;
  /** The envelope's sender; `<>` is nobody. */
  readonly from?: string;
  readonly messageId?: string;
  readonly body?: string;
  /** Further arguments, such as `--tls`. */
  readonly more?: readonly string[];
};

/** What swaks saw: every reply code of the server in order, and the whole conversation. */
export type SwaksRun = { readonly codes: readonly number[]; readonly transcript: string };

/** Sends one mail with Debian's `swaks`, in a process of its own. */
export function sendBySwaks(port: number, mail: SwaksMail): Promise<SwaksRun> {
  const options: Readonly<Record<string, string>> = {
    server: `127.0.0.1:${port}`,
    helo: 'mon.example.com',
    from: mail.from ?? 'nagios@mon.example.com',
    to: mail.to.join(','),
    'h-Subject': mail.subject,
    'h-Message-Id': mail.messageId ?? `<${crypto.randomUUID()}@mon.example.com>`,
    body: mail.body ?? 'Something is wrong.',
    timeout: '20',
  };
  const args = [...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]), ...(mail.more ?? [])];
  return new Promise((resolve, reject) => {
    execFile('swaks', args, { maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
      // Its exit code says which command was refused, which the transcript says better.
      if (error && typeof error.code !== 'number') return reject(error);
      const transcript = `${stdout}${stderr}`;
      const codes = [...transcript.matchAll(/^<(?:-|~|\*\*| )+\s*(\d{3})(?:\s|$)/gm)].map((match) => Number(match[1]));
      resolve({ codes, transcript });
    });
  });
}

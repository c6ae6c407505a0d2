import { startRemoteProbe } from '#monitor/remote';
import { AppError } from '#kernel/errors.ts';
import { createLogger } from '#platform/log.ts';
import { VERSION } from './version.ts';

/** `allclear probe`: checks from this machine what a server elsewhere says, until SIGINT or SIGTERM. */
export async function probe(asked: {
  server: string;
  token: string;
  folder: string;
  programs?: string;
  chromium?: string;
}): Promise<void> {
  if (!/^https?:\/\//.test(asked.server) || !URL.canParse(asked.server))
    throw new AppError(
      'invalid',
      `"${asked.server}" is not the address of a server, such as https://status.example.com.`,
    );
  if (!/^probe_[a-z0-9]{16,80}$/.test(asked.token))
    throw new AppError(
      'invalid',
      'That is not the token of a probe: it begins with probe_ and is shown once, when the probe is added.',
    );
  const running = await startRemoteProbe({ ...asked, version: VERSION, log: createLogger('info') });
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

import { ApiProblem, type Client, createClient } from '#client';
import { CommandError, type Io } from './io.ts';

export type GlobalOptions = {
  readonly url?: string;
  readonly apiKey?: string;
  readonly json?: boolean;
  readonly dataDir?: string;
};

export type Api = { readonly url: string; readonly call: Client['call'] };

const DEFAULT_URL = 'http://127.0.0.1:4242';

/** Where the server is: --url, ALLCLEAR_URL, or this machine. */
export function serverUrl(options: GlobalOptions, io: Io): string {
  const url = (options.url ?? io.env['ALLCLEAR_URL'] ?? DEFAULT_URL).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new CommandError(`${url} is not the URL of a server; expected something like ${DEFAULT_URL}.`);
  return url;
}

/** The key that commands send: --api-key, ALLCLEAR_API_KEY, or the one the server itself is started with. */
export function apiKeyOf(options: GlobalOptions, io: Io): string | undefined {
  return options.apiKey ?? io.env['ALLCLEAR_API_KEY'] ?? io.env['ALLCLEAR_OWNER_API_KEY'];
}

/** A client whose acts are recorded as coming from the command line. */
export function connect(options: GlobalOptions, io: Io): Api {
  const apiKey = apiKeyOf(options, io);
  if (!apiKey) {
    throw new CommandError(
      'This needs an API key: set ALLCLEAR_API_KEY or pass --api-key. Make one under Settings, Your API keys, or with "allclear token" on the server.',
    );
  }
  const url = serverUrl(options, io);
  const client = createClient({
    baseUrl: url,
    apiKey,
    fetch: (input, init) => io.fetch(input, { ...init, headers: { ...init?.headers, 'allclear-client': 'cli' } }),
  });
  return { url, call: client.call };
}

/** A refusal of the server as one sentence. */
export function sentenceOf(error: ApiProblem): string {
  if (error.status === 401)
    return 'The server does not know this API key. It may be revoked or expired; make a new one under Settings, Your API keys, or with "allclear token" on the server.';
  return error.message;
}

import type { CheckAnswer } from '#monitor/contract';

/** “HTTP/2, through http://proxy.example.org:3128”. */
export function connectionWords({ httpVersion, proxy }: NonNullable<CheckAnswer['connection']>): string {
  const version = httpVersion === null ? 'HTTP' : `HTTP/${httpVersion}`;
  return proxy === null ? version : `${version}, through ${proxy}`;
}

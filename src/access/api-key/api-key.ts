/** What an API key may be used for: GET, and everything else. */
export type ApiKeyScope = 'read' | 'write';

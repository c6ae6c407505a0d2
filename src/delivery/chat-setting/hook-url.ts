import type { ChatKind } from './contract.ts';

const PATHS: Readonly<Record<ChatKind, (workspaceId: string) => string | null>> = {
  slack: () => '/hooks/slack/interact',
  // Each message carries the address for its own buttons.
  mattermost: () => null,
  discord: (workspaceId) => `/hooks/discord/${workspaceId}`,
  telegram: () => null,
  pushover: () => null,
};

/** Where an admin tells a service to send what people press; null when nobody has to. */
export function hookUrlOf(
  { publicUrl, workspaceId }: { readonly publicUrl: string; readonly workspaceId: string },
  kind: ChatKind,
): string | null {
  const path = PATHS[kind](workspaceId);
  return path === null ? null : `${publicUrl}${path}`;
}

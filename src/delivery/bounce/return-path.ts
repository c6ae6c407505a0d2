import { listWorkspaceIds } from '#access';
import type { System } from '#platform/ctx.ts';
import type { Delivery } from '../delivery/delivery.ts';

const PURPOSE = 'mail-return-path';
const SIGNED_CHARACTERS = 20;
const ID = /^dlv_([0-9a-z]{1,30})$/;
const LOCAL = /^bounce\+([0-9a-z]{1,30})\.([0-9a-f]{20})$/;

/** Of which delivery a mail server tells us. */
export type Returned = { readonly workspaceId: string; readonly deliveryId: string };

type Paths = Pick<System, 'secrets' | 'config'>;

/** To whom mail servers tell that a page by mail did not arrive after all; null where nobody would hear it. */
export function returnPathOf(
  { secrets, config: { mailIn } }: Paths,
  { workspaceId, id, purpose }: Pick<Delivery, 'workspaceId' | 'id' | 'purpose'>,
): string | null {
  const [, name] = ID.exec(id) ?? [];
  if (!mailIn?.bounces || purpose !== 'page' || name === undefined) return null;
  return `bounce+${name}.${signatureOf(secrets, workspaceId, id)}@${mailIn.domain}`;
}

/** Null for any address that is no return path, and for one that we never gave. */
export async function readReturnPath(system: System, address: string, domain: string): Promise<Returned | null> {
  const at = address.lastIndexOf('@');
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  const [, name, signature] = LOCAL.exec(address.slice(0, at).toLowerCase()) ?? [];
  if (name === undefined || signature === undefined) return null;
  const deliveryId = `dlv_${name}`;
  const workspaceIds = await listWorkspaceIds(system);
  const workspaceId = workspaceIds.find((id) => signatureOf(system.secrets, id, deliveryId) === signature);
  return workspaceId === undefined ? null : { workspaceId, deliveryId };
}

function signatureOf(secrets: System['secrets'], workspaceId: string, deliveryId: string): string {
  return secrets.sign(PURPOSE, `${workspaceId}:${deliveryId}`).slice(0, SIGNED_CHARACTERS);
}

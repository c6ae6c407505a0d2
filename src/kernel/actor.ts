export type AccessRole = 'owner' | 'admin' | 'member' | 'viewer';

/** Where an act came from; stands in the timeline and the audit log. */
type Channel = 'web' | 'api' | 'cli' | 'email' | 'link' | 'chat' | 'phone' | 'system';

/** Who acts. An API key acts as the person who made it, within the key's role. */
export type Actor =
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly role: AccessRole;
      readonly channel: Channel;
      readonly apiKeyId?: string;
      readonly apiKeyName?: string;
      readonly sessionId?: string;
    }
  | { readonly kind: 'system'; readonly name: string; readonly channel: 'system' };

/** Allclear itself, named after the part that acts: `systemActor('escalation')`. */
export function systemActor(name: string): Actor {
  return { kind: 'system', name, channel: 'system' };
}

/** ` with the API key “CI”`; nothing when no key acts. For the end of a clause. */
export function keyWords(actor: Actor): string {
  return actor.kind === 'user' && actor.apiKeyName !== undefined ? ` with the API key “${actor.apiKeyName}”` : '';
}

/** The person behind an actor, or null when Allclear itself acts. */
export function actorUserId(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.userId : null;
}

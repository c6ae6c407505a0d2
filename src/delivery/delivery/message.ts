/** A button below a notification. `http` acts without opening anything; `view` opens a page. */
export type MessageAction = { readonly kind: 'http' | 'view'; readonly label: string; readonly url: string };

/** What one message says, for any channel; each channel takes what it can show. */
export type Message = {
  /** One line, the most important thing first. */
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** For an SMS, below the subject: what matters most, most important first. Without it the subject stands alone. */
  readonly brief?: readonly string[];
  /** What a call says; without it, the subject and what an SMS would say. */
  readonly spoken?: readonly string[];
  /** Extra mail headers, such as `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Opened by a tap on the notification. */
  readonly url?: string;
  /** In an SMS too, where there is room: the answer is given behind it, and by nothing that can be replied. */
  readonly urlInSms?: boolean;
  /** Messages of one thread replace each other where the channel can: a page, its repeats, what became of it. */
  readonly thread?: string;
  /** High breaks through quiet hours where the channel can. */
  readonly urgency: 'high' | 'low';
  readonly actions?: readonly MessageAction[];
  /** A page that nobody can lead or hand on, such as a drill: acknowledging is the only answer that is offered. */
  readonly onlyAcknowledge?: boolean;
  /** The body of a webhook; without it, subject, text and url are sent. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Strings of this message (codes, personal links) that nobody may read in the outbox. */
  readonly mask?: readonly string[];
};

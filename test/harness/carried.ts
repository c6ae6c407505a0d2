/** A request that a provider makes to us, ready to be sent. */
export type Hook = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Something that a provider took for a telephone. */
export type Carried = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'sms' | 'voice';
  /** Of an SMS. */
  readonly text: string;
  readonly receiptUrl: string;
  /** Of a call: where its words are. */
  readonly answerUrl: string;
};

import type { PhoneProvider } from '#delivery/contract';

export interface PhoneField {
  name: 'accountSid' | 'authToken' | 'applicationId' | 'privateKey' | 'signatureSecret';
  label: string;
  hint: string;
  as: 'text' | 'password' | 'lines';
}

export interface PhoneService {
  name: string;
  /** What people get. */
  detail: string;
  /** What an admin does over there, in order. */
  steps: readonly string[];
  /** Where the address for incoming SMS belongs over there. */
  inboundLabel: string;
  fields: readonly PhoneField[];
}

export const phoneServices: Record<PhoneProvider, PhoneService> = {
  twilio: {
    name: 'Twilio',
    detail: 'SMS that are answered with a digit, and calls that take one, from numbers that you rent at Twilio.',
    steps: [
      'In the Twilio console, buy a number that can send SMS, make calls, or both.',
      'For replies: open the number and enter the address below under Messaging, “A message comes in”, as a webhook with HTTP POST.',
      'Copy the account SID and the auth token from the console’s first page.',
    ],
    inboundLabel: 'A message comes in',
    fields: [
      { name: 'accountSid', label: 'Account SID', hint: 'Begins with AC.', as: 'text' },
      {
        name: 'authToken',
        label: 'Auth token',
        hint: 'It also proves that requests come from Twilio.',
        as: 'password',
      },
    ],
  },
  vonage: {
    name: 'Vonage',
    detail: 'The same from numbers at Vonage: alone, or for when Twilio fails.',
    steps: [
      'In the Vonage dashboard, create an application with the capabilities Messages and Voice, generate its key pair, and keep the private key that is downloaded.',
      'For replies: enter the address below as the inbound URL of Messages, choose version v1, and link your numbers to the application.',
      'Under API settings, set Messages API as the default for SMS, and copy the signature secret.',
    ],
    inboundLabel: 'Inbound URL',
    fields: [
      {
        name: 'applicationId',
        label: 'Application id',
        hint: 'Like 78d335fa-323d-0114-9c3d-d6f0d48968cf.',
        as: 'text',
      },
      { name: 'privateKey', label: 'Private key', hint: 'The whole file, with its first and last line.', as: 'lines' },
      {
        name: 'signatureSecret',
        label: 'Signature secret',
        hint: 'It proves that requests come from Vonage.',
        as: 'password',
      },
    ],
  },
};

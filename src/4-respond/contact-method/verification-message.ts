import type { Message } from '#delivery';
import { CONTACT_METHOD_LIMITS } from './contract.ts';

/** The message that proves an address: a code to type, and a link whose button does the same. */
export function verificationMessage(code: string, url: string, personName: string): Message {
  const spelled = [...code].join(', ');
  return {
    subject: `${code} is your Allclear code`,
    text: [
      `${personName} wants to be paged here.`,
      '',
      `Code: ${code}`,
      `Or open this page and press the button: ${url}`,
      '',
      `Both work for ${CONTACT_METHOD_LIMITS.codeMinutes} minutes. If this is not you, do nothing: without the code no page is ever sent here.`,
    ].join('\n'),
    brief: [`${personName} wants to be paged here. If this is not you, do nothing.`],
    spoken: [`${personName} wants to be paged by telephone. The code is: ${spelled}.`, `Once more: ${spelled}.`],
    url,
    urgency: 'high',
    actions: [{ kind: 'http', label: 'Confirm', url }],
    payload: { event: 'contact-method.verify', code },
    mask: [code, url, spelled],
  };
}

/** What "send test" sends to a method that is verified. */
export function testMessage(personName: string, publicUrl: string): Message {
  return {
    subject: 'Test page from Allclear',
    text: `This is a test, ${personName}: pages reach you here.\n\nNothing needs to be done.\n${publicUrl}`,
    brief: ['Pages reach you here. Nothing needs to be done.'],
    url: publicUrl,
    urgency: 'high',
    payload: { event: 'contact-method.test' },
  };
}

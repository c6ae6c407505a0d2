import type { PhoneProvider } from '../phone-setting/contract.ts';
import type { TryState } from './chain.ts';

export type PhoneTables = {
  deliveryTry: {
    workspaceId: string;
    deliveryId: string;
    number: number;
    provider: PhoneProvider;
    sender: string;
    state: TryState;
    permanent: boolean;
    unclear: boolean;
    why: string | null;
    providerId: string | null;
    startedAt: Date;
    changedAt: Date;
  };
  smsCode: {
    workspaceId: string;
    address: string;
    slot: number;
    pageId: string;
    deliveryId: string;
    givenAt: Date;
  };
  phoneStop: {
    workspaceId: string;
    address: string;
    stoppedAt: Date;
  };
  heardReply: {
    workspaceId: string;
    replyKey: string;
    heardAt: Date;
  };
};

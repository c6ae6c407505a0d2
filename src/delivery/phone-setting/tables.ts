import type { PhoneProvider } from './contract.ts';

export type PhoneSettingTables = {
  phoneSetting: {
    workspaceId: string;
    provider: PhoneProvider;
    position: number;
    /** Sealed. */
    credentials: string;
    account: string;
    smsNumbers: string[];
    voiceNumbers: string[];
    changedAt: Date;
    changedBy: string | null;
  };
};

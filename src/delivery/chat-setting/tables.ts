import type { ChatKind } from './contract.ts';

export type ChatSettingTables = {
  chatSetting: {
    workspaceId: string;
    kind: ChatKind;
    /** Sealed. */
    credentials: string;
    account: string;
    bot: string;
    changedAt: Date;
    changedBy: string | null;
  };
};

import type { MailSecurity } from './contract.ts';

export type MailSettingTables = {
  mailSetting: {
    workspaceId: string;
    host: string;
    port: number;
    security: MailSecurity;
    username: string | null;
    /** Sealed. */
    password: string | null;
    sender: string;
    changedAt: Date;
    changedBy: string | null;
  };
};

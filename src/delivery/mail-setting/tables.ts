import type { MailSecurity } from './contract.ts';

type Server = {
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

export type MailSettingTables = {
  mailSetting: Server;
  /** Tried when the first one fails or is slow. */
  mailSpare: Server;
};

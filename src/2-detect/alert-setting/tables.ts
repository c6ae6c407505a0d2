export type AlertSettingTables = {
  alertSetting: {
    workspaceId: string;
    autoCloseSeconds: number | null;
    changedAt: Date;
  };
};

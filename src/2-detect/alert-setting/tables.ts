export type AlertSettingTables = {
  alertSetting: {
    workspaceId: string;
    autoCloseSeconds: number | null;
    stormPerMinute: number | null;
    changedAt: Date;
  };
};

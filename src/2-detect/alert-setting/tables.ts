export type AlertSettingTables = {
  alertSetting: {
    workspaceId: string;
    autoCloseSeconds: number | null;
    stormPerMinute: number | null;
    pagesPerPerson: number | null;
    changedAt: Date;
  };
};

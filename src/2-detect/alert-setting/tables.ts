export type AlertSettingTables = {
  alertSetting: {
    workspaceId: string;
    autoCloseSeconds: number | null;
    stormPerMinute: number | null;
    addressSeconds: number | null;
    pagesPerPerson: number | null;
    suspicionSeconds: number | null;
    suspicionLabels: string[];
    changedAt: Date;
  };
};

import { audit } from '#access';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { changeAlertSettings, readAlertSettings } from './contract.ts';
import { selectAlertSettings, upsertAlertSettings } from './store.ts';

export const alertSettingRoutes: readonly RouteBinding[] = [
  bind(readAlertSettings, (ctx) => selectAlertSettings(ctx)),
  bind(changeAlertSettings, async (ctx, { body }) => {
    const before = await selectAlertSettings(ctx);
    const {
      autoCloseSeconds = before.autoCloseSeconds,
      stormPerMinute = before.stormPerMinute,
      addressSeconds = before.addressSeconds,
      pagesPerPerson = before.pagesPerPerson,
      suspicionWindowSeconds = before.suspicionWindowSeconds,
      suspicionLabels: labels = before.suspicionLabels,
    } = body;
    const suspicionLabels = [...new Set(labels)];
    const settings = {
      autoCloseSeconds,
      stormPerMinute,
      addressSeconds,
      pagesPerPerson,
      suspicionWindowSeconds,
      suspicionLabels,
    };
    await upsertAlertSettings(ctx, settings);
    await audit(ctx, { action: 'alert-settings.change', subjectId: ctx.workspaceId, detail: settings });
    ctx.touch('settings');
    return settings;
  }),
];

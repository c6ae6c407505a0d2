import { Page } from '../ui/panel.tsx';

export function NowScreen() {
  return <Page title="Now">{null}</Page>;
}

export interface Snippet {
  value: string;
  label: string;
  text: string;
}

/** How a job calls its address, for the places where jobs live. `cron` is the heartbeat's own expression, if it has one. */
export function beatSnippets(url: string, cron: string | null): Snippet[] {
  return [
    {
      value: 'cron',
      label: 'crontab',
      text: `${cron ?? '30 2 * * *'} /usr/local/bin/backup.sh; curl -fsS -m 10 --retry 5 ${url}/$?`,
    },
    {
      value: 'curl',
      label: 'curl',
      text: [
        `RID=$(cat /proc/sys/kernel/random/uuid)`,
        `curl -fsS -m 10 --retry 5 "${url}/start?rid=$RID"`,
        `backup.sh > backup.log 2>&1`,
        `curl -fsS -m 10 --retry 5 --data-binary @backup.log "${url}/$??rid=$RID"`,
      ].join('\n'),
    },
    { value: 'wget', label: 'wget', text: `backup.sh && wget -q -T 10 -t 5 -O /dev/null ${url}` },
    {
      value: 'powershell',
      label: 'PowerShell',
      text: [
        `Invoke-RestMethod ${url}/start`,
        `& .\\backup.ps1`,
        `Invoke-RestMethod "${url}/$([int](-not $?))" -TimeoutSec 10`,
      ].join('\n'),
    },
    {
      value: 'python',
      label: 'Python',
      text: [
        `import traceback`,
        `import urllib.request`,
        ``,
        `URL = "${url}"`,
        ``,
        `def beat(tail="", said=None):`,
        `    urllib.request.urlopen(URL + tail, data=said, timeout=10).close()`,
        ``,
        `beat("/start")`,
        `try:`,
        `    backup()`,
        `except Exception:`,
        `    beat("/fail", traceback.format_exc().encode())`,
        `    raise`,
        `beat()`,
      ].join('\n'),
    },
    {
      value: 'systemd',
      label: 'systemd',
      text: [
        `# /etc/systemd/system/backup.service`,
        `[Unit]`,
        `OnSuccess=beat@0.service`,
        `OnFailure=beat@fail.service`,
        ``,
        `[Service]`,
        `Type=oneshot`,
        `ExecStart=/usr/local/bin/backup.sh`,
        ``,
        `# /etc/systemd/system/beat@.service`,
        `[Service]`,
        `Type=oneshot`,
        `ExecStart=/usr/bin/curl -fsS -m 10 --retry 5 ${url}/%i`,
      ].join('\n'),
    },
    {
      value: 'actions',
      label: 'GitHub Actions',
      text: [
        `# Keep the address as the secret BEAT_URL.`,
        `on:`,
        `  schedule:`,
        `    - cron: '${cron ?? '30 2 * * *'}'`,
        `jobs:`,
        `  backup:`,
        `    runs-on: ubuntu-latest`,
        `    steps:`,
        `      - run: curl -fsS -m 10 --retry 5 "\${{ secrets.BEAT_URL }}/start?rid=\${{ github.run_id }}"`,
        `      - run: ./backup.sh`,
        `      - if: success()`,
        `        run: curl -fsS -m 10 --retry 5 "\${{ secrets.BEAT_URL }}?rid=\${{ github.run_id }}"`,
        `      - if: failure()`,
        `        run: curl -fsS -m 10 --retry 5 "\${{ secrets.BEAT_URL }}/fail?rid=\${{ github.run_id }}"`,
      ].join('\n'),
    },
  ];
}

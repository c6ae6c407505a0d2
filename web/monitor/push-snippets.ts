import type { Snippet } from './beat-snippets.ts';

/** How a value is sent, for the places where values come from. */
export function pushSnippets(url: string): Snippet[] {
  return [
    { value: 'curl', label: 'curl', text: `curl -fsS -m 10 --retry 5 "${url}?value=12.5"` },
    {
      value: 'cron',
      label: 'crontab',
      text: `* * * * * df --output=pcent / | tail -1 | tr -dc 0-9 | curl -fsS -m 10 --retry 5 --data-binary @- ${url}`,
    },
    {
      value: 'powershell',
      label: 'PowerShell',
      text: [
        `$free = (Get-PSDrive C).Free / 1GB`,
        `Invoke-RestMethod ${url} -Method Post -Body (@{ value = $free } | ConvertTo-Json) -ContentType application/json`,
      ].join('\n'),
    },
    {
      value: 'python',
      label: 'Python',
      text: [
        `import json`,
        `import urllib.request`,
        ``,
        `def push(value):`,
        `    body = json.dumps({"value": value}).encode()`,
        `    urllib.request.urlopen("${url}", data=body, timeout=10).close()`,
      ].join('\n'),
    },
  ];
}

import { html, raw } from 'hono/html';

type Json = Record<string, unknown>;
type Operation = {
  summary: string;
  description?: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
  'x-permission': string;
};

const STYLE = `
:root{color-scheme:light dark;--bg:#faf9f7;--fg:#1d1c1a;--muted:#716d66;--line:#e6e4df;--sunken:#f3f2ef;--accent:#3a56d4}
@media(prefers-color-scheme:dark){:root{--bg:#131312;--fg:#eceae5;--muted:#a09b92;--line:#2e2d2a;--sunken:#20201e;--accent:#91a4ff}}
body{margin:0;background:var(--bg);color:var(--fg);font:14px/20px system-ui,sans-serif;display:grid;grid-template-columns:220px minmax(0,900px);gap:32px}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:24px;border-right:1px solid var(--line)}nav a{display:block;padding:3px 0}
main{padding:24px}a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}h1{font-size:20px}h2{font-size:16px;margin:40px 0 8px}
details{border:1px solid var(--line);border-radius:8px;margin:8px 0;padding:0 12px}summary{padding:8px 0;cursor:pointer}
code,pre{font:12px/18px ui-monospace,monospace}pre{background:var(--sunken);padding:12px;border-radius:6px;overflow:auto;max-height:480px}
.m{display:inline-block;width:56px;font-weight:600}.s{color:var(--muted)}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 8px 4px 0;vertical-align:top;border-bottom:1px solid var(--line)}
@media(max-width:700px){body{display:block}nav{position:static;height:auto;border:0}main{padding:0 16px}}`;

/** Our own words from the document: what stands in backticks is code. */
function withCode(text: string): string {
  return text.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** The browsable reference of the REST API: one page, no script, made from the OpenAPI document. */
export function renderReference(document: Json): string {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const byTag = [...Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? 'other')].toSorted(([a], [b]) =>
    a.localeCompare(b),
  );
  const info = document['info'] as { version: string; description: string };
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>Allclear API</title>
          <style>
            ${raw(STYLE)}
          </style>
        </head>
        <body>
          <nav aria-label="Nouns">
            <strong>Allclear API ${info.version}</strong>${byTag.map(([tag]) => html`<a href="#${tag}">${tag}</a>`)}
            <p><a href="/api/openapi.json">openapi.json</a></p>
          </nav>
          <main>
            <h1>REST API</h1>
            <p>${raw(withCode(info.description))}</p>
            <p>
              Authenticate with <code>Authorization: Bearer &lt;API key&gt;</code>; make one under Settings, or with
              <code>allclear token</code>.
            </p>
            ${byTag.map(
              ([tag, list]) =>
                html`<h2 id="${tag}">${tag}</h2>
                  ${list.map(renderOperation)}`,
            )}
          </main>
        </body>
      </html>`,
  );
}

function renderOperation({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const answer = Object.entries(operation.responses).find(([status]) => status !== 'default');
  const body = operation.requestBody?.content['application/json']?.schema;
  const result = answer?.[1].content?.['application/json']?.schema;
  return html`<details>
    <summary>
      <span class="m">${method.toUpperCase()}</span> <code>${path}</code> <span class="s">${operation.summary}</span>
    </summary>
    <p class="s">Needs ${operation['x-permission']}. ${operation.description ?? ''}</p>
    ${
      operation.parameters.length > 0
        ? html`<table>
            <tr>
              <th>Parameter</th>
              <th>In</th>
              <th>Shape</th>
            </tr>
            ${operation.parameters.map(
              (p) =>
                html`<tr>
                  <td><code>${p.name}</code>${p.required ? '' : html` <span class="s">optional</span>`}</td>
                  <td>${p.in}</td>
                  <td><code>${JSON.stringify(p.schema)}</code></td>
                </tr>`,
            )}
          </table>`
        : ''
    }
    ${
      body
        ? html`<p>Body</p>
            <pre tabindex="0">${JSON.stringify(body, null, 2)}</pre>`
        : ''
    }
    ${
      result
        ? html`<p>Answers ${answer?.[0]}</p>
            <pre tabindex="0">${JSON.stringify(result, null, 2)}</pre>`
        : html`<p>Answers ${answer?.[0]} without a body.</p>`
    }
  </details>`;
}

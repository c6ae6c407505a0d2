import { DatabaseSync } from 'node:sqlite';

/*
 * Reads some columns of some tables of a stranger's SQLite file and writes them to standard output as JSON. It is a process
 * of its own, so that a file that is made to crash or to keep busy takes nothing else along: whoever starts it ends it.
 */

const LONGEST = 20_000;

type Wanted = Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: number }>>;

const [, , path = '', wanted = '{}'] = process.argv;
process.stdout.write(JSON.stringify(read(path, JSON.parse(wanted) as Wanted)));

function read(file: string, tables: Wanted): object {
  const database = new DatabaseSync(file, { readOnly: true, allowExtension: false });
  // What the schema of a stranger says is not run: no function of a default, a view or a trigger.
  database.exec('pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on');
  const found: Record<string, unknown[]> = {};
  for (const [table, { columns, rows }] of Object.entries(tables)) {
    const known = database.prepare(`select sql from sqlite_schema where type = 'table' and name = ?`).get(table);
    const sql = known?.['sql'];
    // A view or a virtual table would run what its maker wants; the real ones are plain.
    if (typeof sql !== 'string' || !/^create\s+table/i.test(sql)) continue;
    const plain = database
      .prepare('select name from pragma_table_xinfo(?) where hidden = 0')
      .all(table)
      .map(({ name }) => String(name));
    const there = columns.filter((column) => plain.includes(column));
    if (there.length === 0) continue;
    const list = there.map(
      (name) =>
        `case typeof("${name}") when 'text' then substr("${name}", 1, ${LONGEST}) when 'integer' then "${name}" when 'real' then "${name}" end as "${name}"`,
    );
    const count = Number(database.prepare(`select count(*) as n from "${table}"`).get()?.['n']);
    if (count > rows) return { tooMany: { table, count } };
    found[table] = database.prepare(`select ${list.join(', ')} from "${table}" limit ${rows}`).all();
  }
  return { tables: found };
}

// Lets readers sort a table by any of its columns: highest first, lowest first, then as it was.

const next = { none: 'descending', descending: 'ascending', ascending: 'none' };

function sort(body, rows, column, direction) {
  const sign = direction === 'descending' ? -1 : 1;
  const valueIn = (row) => Number(row.cells[column].dataset.value ?? Number.NaN);
  const sorted =
    direction === 'none' ? rows : [...rows].sort((left, right) => compare(valueIn(left), valueIn(right), sign));
  body.append(...sorted);
}

/** What has no value comes last either way. */
function compare(left, right, sign) {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return sign * (left - right);
}

function enable(table) {
  const [body] = table.tBodies;
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  headings.forEach((heading, column) => {
    if (column === 0) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      const direction = next[heading.getAttribute('aria-sort')];
      for (const other of headings.slice(1)) other.setAttribute('aria-sort', 'none');
      heading.setAttribute('aria-sort', direction);
      sort(body, rows, column, direction);
    });
  });
}

for (const table of document.querySelectorAll('table[data-sortable]')) enable(table);

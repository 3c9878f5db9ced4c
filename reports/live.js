// Shows the newest state that the server sends. Every text is set as text, never as markup.

const byId = (id) => document.getElementById(id);
const count = (number) => number.toLocaleString('en-US');

function percent(proportion) {
  const text = (proportion * 100).toFixed(1);
  if (proportion > 0 && text === '0.0') return '<0.1';
  if (proportion < 1 && text === '100.0') return '>99.9';
  return text;
}

function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function rate(perSecond) {
  if (perSecond >= 0.2 || perSecond === 0) return `${perSecond.toFixed(1)}/s`;
  return perSecond >= 0.2 / 60 ? `${(perSecond * 60).toFixed(1)}/min` : `${(perSecond * 3600).toFixed(1)}/h`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function timeText(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : dayAndClock.format(time);
}

/** Sets a text only where it changed, so that what is selected stays selected. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show(element, isShown) {
  element.hidden = !isShown;
}

/** Makes an element's children as many as the items, and fills each. */
function fill(parent, items, make, update) {
  while (parent.childElementCount > items.length) parent.lastElementChild.remove();
  while (parent.childElementCount < items.length) parent.append(make(parent.childElementCount));
  items.forEach((item, at) => {
    update(parent.children[at], item, at);
  });
}

function part(kind, className) {
  const element = document.createElement(kind);
  if (className) element.className = className;
  return element;
}

/** A cell: `main`, and where given `detail`, `note` and a `meter` of two shares. */
function fillCell(cell, { main, detail, note, meter, isName }) {
  const wanted = `${detail === undefined ? '' : 'd'}${note === undefined ? '' : 'n'}${meter ? 'm' : ''}${isName ? 'b' : ''}`;
  if (cell.dataset.parts !== wanted) {
    cell.dataset.parts = wanted;
    cell.replaceChildren(part(isName ? 'bdi' : 'span', 'main'));
    if (detail !== undefined) cell.append(part('span', 'detail'));
    if (note !== undefined) cell.append(part('span', 'note'));
    if (meter) {
      const bar = part('div', 'meter');
      bar.append(part('span', 'answered'), part('span', 'failed'));
      cell.append(bar);
    }
  }
  setText(cell.querySelector('.main'), main);
  if (detail !== undefined) setText(cell.querySelector('.detail'), detail);
  if (note !== undefined) setText(cell.querySelector('.note'), note);
  if (meter) {
    cell.querySelector('.answered').style.width = `${meter.answered * 100}%`;
    cell.querySelector('.meter .failed').style.width = `${meter.failed * 100}%`;
  }
}

/** Fills a table: headings, then rows whose first cell names them. An empty one is hidden behind its own sentence. */
function fillTable(id, headings, rows) {
  const table = byId(`${id}-table`);
  show(byId(`${id}-empty`), rows.length === 0);
  show(table.parentElement, rows.length > 0);
  const note = byId(`${id}-note`);
  if (note) show(note, rows.length > 0);
  const heading = () => {
    const cell = part('th');
    cell.scope = 'col';
    return cell;
  };
  fill(
    table.tHead,
    [headings],
    () => part('tr'),
    (row) => {
      fill(row, headings, heading, (cell, text) => fillCell(cell, { main: text, isName: true }));
    },
  );
  fill(
    table.tBodies[0],
    rows,
    () => part('tr'),
    (row, { cells, isIdle }) => {
      row.classList.toggle('idle', isIdle === true);
      const make = (at) => {
        const cell = part(at === 0 ? 'th' : 'td');
        if (at === 0) cell.scope = 'row';
        return cell;
      };
      fill(row, cells, make, fillCell);
    },
  );
}

/** `answered` of `total`, and below it what failed; without a total the count alone. */
function countCell({ answered, failed, total }) {
  const failures = failed > 0 ? { note: `${count(failed)} failed` } : {};
  if (total === null) return { main: count(answered), ...failures };
  const share = (part) => (total === 0 ? 0 : part / total);
  const meter = { answered: share(answered), failed: share(failed) };
  return { main: count(answered), detail: `of ${count(total)}`, meter, ...failures };
}

function openSamples({ answered, failed, total }) {
  return total === null ? 0 : total - answered - failed;
}

function statusText({ phase, all, holder }) {
  const who = holder?.pid ? `process ${holder.pid} on ${holder.host}` : 'its process';
  switch (phase) {
    case 'waiting':
      return 'There is no run of this name yet. This page waits for it.';
    case 'unreadable':
      return 'This run cannot be read.';
    case 'gone':
      return `The evaluation was cut off: ${who} is gone. The same command goes on where it stopped.`;
    case 'finished':
      return 'Finished: everything is answered.';
    case 'stopped':
      return 'Stopped before everything was answered. The same command asks what is missing.';
    default:
      return openSamples(all) > 0 || all.answered + all.failed === 0
        ? 'The evaluation is under way.'
        : 'Everything is asked; answers are being graded or compared.';
  }
}

function leadText({ phase, holder, checkpoints, benchmarks }) {
  if (phase === 'waiting' || phase === 'unreadable') return '';
  const things = `${count(checkpoints.length)} ${checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'} on ${count(benchmarks.length)} ${benchmarks.length === 1 ? 'benchmark' : 'benchmarks'}`;
  if (phase !== 'working') return `${things}.`;
  return `${things}, by process ${holder.pid} on ${holder.host}.`;
}

function tiles({ phase, all, rate: recent, secondsLeft }) {
  const isGoing = phase === 'working';
  const share = all.total ? `${percent(all.answered / all.total)} % of ${count(all.total)}` : '';
  const items = [
    { name: 'Answered', main: count(all.answered), detail: share },
    { name: 'Failed', main: count(all.failed), detail: all.failed > 0 ? 'the same command asks them again' : 'none' },
  ];
  if (!isGoing || (all.total !== null && openSamples(all) === 0)) return items;
  const measuring = { main: '–', detail: 'being measured' };
  return [
    ...items,
    {
      name: 'Throughput',
      ...(recent === null
        ? measuring
        : { main: rate(recent.responses), detail: `${count(Math.round(recent.tokens))} tokens/s` }),
    },
    {
      name: 'Time left',
      ...(secondsLeft === null
        ? measuring
        : {
            main: duration(secondsLeft),
            detail: `until about ${clock.format(new Date(Date.now() + secondsLeft * 1000))}`,
          }),
    },
  ];
}

function showTiles(state) {
  fill(
    byId('tiles'),
    state.phase === 'waiting' || state.phase === 'unreadable' ? [] : tiles(state),
    () => {
      const tile = part('div');
      tile.append(part('dt'), part('dd'));
      return tile;
    },
    (tile, { name, ...cell }) => {
      setText(tile.querySelector('dt'), name);
      fillCell(tile.querySelector('dd'), cell);
    },
  );
}

function showProgress({ benchmarks, checkpoints, session }) {
  const several = benchmarks.length > 1;
  const headings = ['Checkpoint', ...(several ? ['All'] : []), ...benchmarks.map(({ title }) => title)];
  const rows = checkpoints.map(({ name, wanted, all, counts }) => ({
    isIdle: !wanted,
    cells: [
      { main: name, isName: true, ...(wanted ? {} : { detail: 'not in this session' }) },
      ...(several ? [countCell(all)] : []),
      ...counts.map(countCell),
    ],
  }));
  fillTable('progress', headings, rows);
  const note = byId('progress-note');
  const limit = session?.limit ?? null;
  show(note, limit !== null && rows.length > 0);
  if (limit !== null) setText(note, `The last session asks the first ${count(limit)} problems of each benchmark.`);
}

function accuracyCell(figure) {
  if (figure === null || figure.accuracy === null) return { main: '–' };
  const detail = figure.interval === null ? '' : `${percent(figure.interval[0])}–${percent(figure.interval[1])}`;
  const isOpen = figure.upper !== null && figure.upper !== figure.accuracy;
  return { main: percent(figure.accuracy), detail, ...(isOpen ? { note: `up to ${percent(figure.upper)}` } : {}) };
}

function showResults({ benchmarks, checkpoints }) {
  const modes = new Set(checkpoints.flatMap(({ results }) => results.map(({ mode }) => mode)));
  const rows = checkpoints.flatMap(({ name, results }) =>
    results.map(({ mode, accuracies }) => ({
      cells: [
        { main: name, isName: true, ...(modes.size > 1 ? { detail: `by ${mode}` } : {}) },
        ...accuracies.map(accuracyCell),
      ],
    })),
  );
  fillTable('results', ['Checkpoint', ...benchmarks.map(({ title }) => title)], rows);
}

function showServers({ phase, servers }) {
  const headings = ['Server', 'Checkpoint', 'Answered', 'Failed attempts', 'Rate', 'Median time'];
  const isGoing = phase === 'working';
  const rows = servers.map((server) => ({
    cells: [
      {
        main: server.label,
        isName: true,
        ...(isGoing && server.quietSeconds >= 60 ? { note: `quiet for ${duration(server.quietSeconds)}` } : {}),
      },
      { main: server.checkpoint, isName: true },
      { main: count(server.answered) },
      { main: count(server.failed) },
      { main: !isGoing || server.perSecond === null ? '–' : rate(server.perSecond) },
      { main: server.medianSeconds === null ? '–' : `${server.medianSeconds.toFixed(1)} s` },
    ],
  }));
  fillTable('servers', headings, rows);
}

function showFailures({ failures }) {
  const rows = failures.map(({ code, attempts, message }) => ({
    cells: [{ main: code, isName: true }, { main: count(attempts) }, { main: message, isName: true }],
  }));
  fillTable('failures', ['Kind', 'Attempts', 'Last message'], rows);
}

function showSession({ session, holder }) {
  show(byId('session-empty'), session === null && holder === null);
  const facts = [];
  if (session !== null) {
    facts.push(['Command', session.command], ['Started', timeText(session.started)], ['Session', session.id]);
    if (session.engine !== '') facts.push(['Served by', session.engine]);
  }
  if (holder !== null) {
    const process = holder.pid === 0 ? 'not named' : `${holder.pid} on ${holder.host}`;
    facts.push(['Process', `${process}, ${holder.alive ? 'alive' : 'gone'}`]);
  }
  fill(
    byId('session-facts'),
    facts.flat(),
    (at) => part(at % 2 === 0 ? 'dt' : 'dd'),
    (element, text) => setText(element, text),
  );
}

function render(state) {
  setText(byId('status'), statusText(state));
  setText(byId('lead'), leadText(state));
  const { all, phase } = state;
  const share = all.total ? `${Math.floor((all.answered / all.total) * 100)} %` : phase;
  document.title = `${phase === 'working' ? share : phase} · ${state.run} · live`;
  show(byId('simulated'), state.simulated);
  show(byId('notes'), state.notes.length > 0);
  setText(byId('notes-text'), state.notes.join(' '));
  show(byId('report'), state.reportWritten !== null);
  if (state.reportWritten !== null) setText(byId('written'), `of ${timeText(state.reportWritten)}`);
  showTiles(state);
  showProgress(state);
  showResults(state);
  showServers(state);
  showFailures(state);
  showSession(state);
}

const events = new EventSource('/live/events');
events.addEventListener('message', ({ data }) => render(JSON.parse(data)));
events.addEventListener('open', () => show(byId('lost'), false));
events.addEventListener('error', () => show(byId('lost'), true));

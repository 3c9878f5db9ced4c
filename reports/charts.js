// Draws the charts of a report page over their pictures: values on hover and with the arrow keys, in the page's colours.

const signs = ['circle', 'triangle', 'rect', 'rectRot', 'crossRot', 'star'];
const dark = matchMedia('(prefers-color-scheme: dark)');
const drawn = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function colours() {
  const lines = signs.map((_, place) => colour(`--series-${place}`));
  return { text: colour('--quiet'), grid: colour('--line'), surface: colour('--surface'), lines };
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}

/** Each interval as a bar with caps, and a pale band where a line has several. */
function intervals(model, state) {
  return {
    id: 'intervals',
    beforeDatasetsDraw({ ctx, scales: { x, y } }) {
      model.series.forEach(({ points }, place) => {
        const limits = points.map((point) => [
          x.getPixelForValue(point.x),
          ...point.interval.map((limit) => y.getPixelForValue(limit)),
        ]);
        ctx.save();
        ctx.fillStyle = state.colours.lines[place % signs.length];
        ctx.strokeStyle = ctx.fillStyle;
        ctx.globalAlpha = 0.13;
        ctx.beginPath();
        for (const [at, , high] of limits) ctx.lineTo(at, high);
        for (const [at, low] of [...limits].reverse()) ctx.lineTo(at, low);
        ctx.fill();
        ctx.globalAlpha = 0.75;
        ctx.lineWidth = 1.5;
        ctx.beginPath();
        for (const [at, low, high] of limits) {
          ctx.moveTo(at, low);
          ctx.lineTo(at, high);
          for (const end of [low, high]) {
            ctx.moveTo(at - 4, end);
            ctx.lineTo(at + 4, end);
          }
        }
        ctx.stroke();
        ctx.restore();
      });
    },
  };
}

function lineColours(line) {
  return { borderColor: line, backgroundColor: line, pointBorderColor: line, pointBackgroundColor: line };
}

function datasets(model, lines) {
  return model.series.map(({ label, points }, place) => ({
    label,
    pointStyle: signs[place % signs.length],
    ...lineColours(lines[place % lines.length]),
    data: points.map((point) => ({ ...point, y: point.accuracy })),
    borderWidth: 2,
    pointRadius: points.length > 30 ? 2 : 4,
    pointHoverRadius: 6,
    pointHitRadius: 14,
  }));
}

const axisTitles = {
  step: 'training step',
  order: 'checkpoint, in the order of the table',
  quarter: 'quarter of difficulty, hardest last',
};

/** Those of the sorted places that leave room for a label each. */
function apart(places) {
  const least = (places.at(-1) - places[0]) / 14;
  const kept = [];
  for (const place of places) if (kept.length === 0 || place - kept.at(-1) >= least) kept.push(place);
  return kept;
}

function scales(model) {
  const places = [...new Set(model.series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const margin = (places.at(-1) - places[0] || 1) * 0.06;
  return {
    x: {
      type: 'linear',
      min: places[0] - margin,
      max: places.at(-1) + margin,
      grid: { display: false },
      title: { display: true, text: axisTitles[model.axis] },
      afterBuildTicks: (scale) => {
        scale.ticks = apart(places).map((value) => ({ value }));
      },
      ticks: { autoSkipPadding: 10, maxRotation: 0, callback: String },
    },
    y: {
      type: 'linear',
      min: model.vertical.low,
      max: model.vertical.high,
      border: { display: false },
      ticks: { padding: 6, stepSize: model.vertical.tick, callback: (value) => `${Math.round(value * 100)} %` },
    },
  };
}

function tooltip(model) {
  return {
    displayColors: model.series.length > 1,
    usePointStyle: true,
    padding: 10,
    callbacks: {
      title: ([item]) => short(item.raw.name),
      label: ({ raw, dataset }) => {
        const name = model.series.length > 1 ? `${short(dataset.label)}: ` : '';
        return `${name}${percent(raw.accuracy)}  [${raw.interval.map((limit) => (limit * 100).toFixed(1)).join(', ')}]`;
      },
      afterLabel: ({ raw }) => {
        const open = raw.upper > raw.accuracy ? `up to ${percent(raw.upper)}, ` : '';
        return `${open}n = ${raw.n.toLocaleString('en-US')}`;
      },
    },
  };
}

function short(text) {
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}

/** Colours anew, after the first drawing and when the page turns dark or light. */
function paint({ chart, state }) {
  state.colours = colours();
  const { text, grid, surface, lines } = state.colours;
  chart.data.datasets.forEach((dataset, place) => {
    Object.assign(dataset, lineColours(lines[place % lines.length]));
  });
  for (const scale of Object.values(chart.options.scales)) {
    scale.ticks.color = text;
    if (scale.title) scale.title.color = text;
  }
  chart.options.scales.y.grid = { color: grid };
  chart.options.scales.x.border = { color: grid };
  Object.assign(chart.options.plugins.tooltip, {
    backgroundColor: surface,
    borderColor: grid,
    borderWidth: 1,
    titleColor: colour('--text'),
    bodyColor: colour('--text'),
  });
  chart.update('none');
}

/** Moves the shown value from point to point, for those without a mouse. */
function walk(chart, canvas) {
  const points = chart.data.datasets.flatMap(({ data }, datasetIndex) =>
    data.map((_, index) => ({ datasetIndex, index })),
  );
  let at = -1;
  const show = (active) => {
    chart.setActiveElements(active);
    chart.tooltip.setActiveElements(active, { x: 0, y: 0 });
    chart.update('none');
  };
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    at = Math.min(points.length - 1, Math.max(0, at + step));
    show([points[at]]);
  });
  canvas.addEventListener('blur', () => show([]));
}

function draw(figure) {
  const model = JSON.parse(figure.dataset.chart);
  const plot = document.createElement('div');
  plot.className = 'plot';
  const canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', figure.querySelector('img').alt);
  plot.append(canvas);
  figure.querySelector('picture').before(plot);
  figure.classList.add('drawn');
  const state = { colours: colours() };
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: datasets(model, state.colours.lines) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'xy', intersect: false },
      layout: { padding: { top: 12, right: 10 } },
      font: { family: getComputedStyle(document.body).fontFamily, size: 13 },
      plugins: { legend: { display: false }, tooltip: tooltip(model) },
      scales: scales(model),
    },
    plugins: [intervals(model, state)],
  });
  walk(chart, canvas);
  paint({ chart, state });
  drawn.push({ chart, state });
}

for (const figure of document.querySelectorAll('figure[data-chart]')) draw(figure);
dark.addEventListener('change', () => drawn.forEach(paint));

'use strict';
{
  const root = document.documentElement;
  const remembered = 'katydid-report-theme';

  // A page opened from disk may have no storage; then the choice lasts as long as the page.
  const storage = () => { try { return window.localStorage; } catch { return null; } };

  const theme = document.getElementById('theme');
  const choose = value => {
    if (value) root.dataset.theme = value;
    else delete root.dataset.theme;
    theme.value = value;
  };
  const before = storage()?.getItem(remembered);
  choose(['light', 'dark'].includes(before) ? before : '');
  theme.closest('label').hidden = false;
  theme.addEventListener('change', () => {
    choose(theme.value);
    storage()?.setItem(remembered, theme.value);
  });

  // One cursor on all charts.
  const series = JSON.parse(document.getElementById('data').textContent).series;
  const plots = [...document.querySelectorAll('.plot')];
  const measures = [['rps', ' RPS', 'failures', ' failures/s'], ['p50', ' p50', 'p90', ' p90', 'p95', ' p95', 'p99', ' p99'], ['users', ' users']];
  const end = series.to.at(-1) || 1;
  let at = -1;

  const number = value => value === null ? '—' : value.toLocaleString('en', { maximumSignificantDigits: value < 1000 ? 3 : 6 });
  const elapsed = seconds => {
    const s = Math.round(seconds), two = n => String(n).padStart(2, '0');
    return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  };
  const show = index => {
    at = index;
    plots.forEach((plot, chart) => {
      const line = plot.querySelector('.cursor'), says = plot.parentElement.querySelector('output');
      if (index < 0) {
        line.setAttribute('visibility', 'hidden');
        says.textContent = '';
        return;
      }
      const { left, right } = plot.querySelector('svg').dataset;
      const x = +left + (right - left) * Math.min(1, series.to[index] / end);
      line.setAttribute('x1', x);
      line.setAttribute('x2', x);
      line.setAttribute('visibility', 'visible');
      const values = [];
      for (let i = 0; i < measures[chart].length; i += 2) values.push(number(series[measures[chart][i]][index]) + measures[chart][i + 1]);
      says.textContent = `${elapsed(series.to[index])}  ${values.join(', ')}${chart === 1 ? ' ms' : ''}`;
    });
  };
  const nearest = seconds => {
    let low = 0, high = series.to.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (series.to[middle] < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const plot of plots) {
    plot.addEventListener('pointermove', event => {
      const svg = plot.querySelector('svg'), box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
      show(nearest((x - svg.dataset.left) / (svg.dataset.right - svg.dataset.left) * end));
    });
    plot.addEventListener('pointerleave', () => show(-1));
    plot.addEventListener('blur', () => show(-1));
    plot.addEventListener('keydown', event => {
      const last = series.to.length - 1, step = event.shiftKey ? 10 : 1;
      const to = { ArrowLeft: at < 0 ? last : at - step, ArrowRight: at + step, Home: 0, End: last, Escape: -1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(event.key === 'Escape' ? -1 : Math.max(0, Math.min(last, to)));
    });
  }

  // Tables sort by a click on a heading; figures by their size, "—" last.
  const value = cell => {
    const figure = parseFloat(cell.textContent.replace(/[,<]/g, ''));
    const unit = { KiB: 1024, MiB: 1048576 }[cell.textContent.slice(-3)] || 1;
    return Number.isNaN(figure) ? -Infinity : figure * unit;
  };
  for (const table of document.querySelectorAll('section[data-filter] table')) {
    const rows = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener('click', () => {
        const text = heading.classList.contains('text');
        const up = heading.hasAttribute('aria-sort') ? heading.getAttribute('aria-sort') === 'descending' : text;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
        heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const key = row => text ? row.cells[column].textContent : value(row.cells[column]);
        const keyed = [...rows.rows].map(row => [key(row), row]);
        keyed.sort(([a], [b]) => (text ? a.localeCompare(b) : a - b || 0) * (up ? 1 : -1));
        rows.append(...keyed.map(([, row]) => row));
      });
    });
    if (rows.rows.length <= 20) continue;
    const label = document.createElement('label'), input = document.createElement('input');
    label.className = 'filter';
    input.type = 'search';
    label.append('Filter ', input);
    table.closest('.scroll').before(label);
    input.addEventListener('input', () => {
      const wanted = input.value.toLowerCase();
      for (const row of rows.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  }
}

// @ts-check
import { html, render } from 'lit';

const SECONDS = 60;

/**
 * Shows the requests per second of the last minute: now, least and most.
 *
 * @type {import('katydid/console').PanelModule}
 */
export default {
  mount(el, ctx) {
    const chart = ctx.charts.spark({ key: 'rps', label: ctx.t('chart'), color: 'thr', unit: 'rate', seconds: SECONDS, height: 48 });
    /** @type {Map<number, number>} requests per second by second */
    const seen = new Map();
    /** @type {import('katydid/console').Run | null} */
    let shown = null;

    const draw = () => {
      const last = Math.max(...seen.keys());
      for (const t of seen.keys()) if (t <= last - SECONDS * 1000) seen.delete(t);
      const rates = [...seen.values()];
      const now = seen.get(last) ?? null;
      const low = ctx.fmt.rate(now === null ? null : Math.min(...rates));
      const high = ctx.fmt.rate(now === null ? null : Math.max(...rates));
      render(html`
        <kt-card .title=${ctx.t('title')}>
          <p class="now">${ctx.t('now', { rate: ctx.fmt.rate(now) })}</p>
          ${chart.element}
          <p class="range">${now === null ? ctx.t('waiting') : ctx.t('range', { low, high })}</p>
        </kt-card>`, el);
    };

    /** @param {import('katydid/console').Run} run */
    const history = async run => {
      const from = run.startedAt + Math.max(0, run.elapsedMs - SECONDS * 1000);
      const series = await ctx.api.core.get(`runs/${run.id}/series?metrics=rps&from=${from}&points=${2 * SECONDS}`);
      if (shown?.id !== run.id) return;
      chart.load(series);
      series.metrics.rps.forEach((/** @type {number | null} */ rps, /** @type {number} */ i) => {
        const t = series.t0 + i * series.step;
        if (rps !== null && !seen.has(t)) seen.set(t, rps);
      });
      draw();
    };

    ctx.run.subscribe(run => {
      const same = run !== null && shown?.id === run.id;
      shown = run;
      if (same) return;
      seen.clear();
      chart.clear();
      draw();
      if (run) history(run);
    });
    ctx.live.subscribe('tick', tick => {
      // Ticks are of the run that goes on; a finished one may be shown meanwhile.
      if (!shown || shown.endedAt !== null) return;
      seen.set(tick.t, tick.rps);
      chart.push(tick.t, [tick.rps]);
      draw();
    });
  },
};

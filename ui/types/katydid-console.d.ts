/**
 * The console's SDK for panels, version 1: module `katydid/console`.
 *
 * A panel is an ES module whose default export is a {@link PanelModule}. All it needs comes with the {@link PanelContext} that `mount` is
 * given; what it makes through the context is taken down when the panel leaves. Importing `katydid/console` gives the same helpers
 * without that clean-up.
 *
 * Units, everywhere: instants are milliseconds since the epoch by the controller's clock, durations milliseconds, rates per second, ratios
 * 0 to 1, sizes bytes. `null` is "no data", which is never 0. Within SDK 1 members are only added.
 */
declare module 'katydid/console' {
  // ---- The contract -------------------------------------------------------------------------------------------------------------------

  /** What a panel's module exports as `default`. */
  export interface PanelModule {
    /**
     * Draws the panel into `el`, which is empty and has the class `p-<id>`. May be async: after 150 ms a page shows a skeleton, after 10 s
     * the failure card. An exception shows the failure card with *Retry*. For the slot `command` it is called when the entry is chosen,
     * with an element outside the page, and unmounted when it has returned.
     */
    mount(el: HTMLElement, ctx: PanelContext): PanelHandle | void | Promise<PanelHandle | void>;
  }

  /** What a mounted panel offers the shell; all of it is optional. */
  export interface PanelHandle {
    /** Called once on unmount, after `ctx.signal` was aborted. Needed only for what was not made through `ctx`. */
    dispose?(): void;
    /** Gives what the next revision gets as `ctx.restored` in a hot update. Must be JSON. */
    getState?(): unknown;
    /** Called when the panel becomes visible, and when it no longer is. */
    onShow?(): void;
    onHide?(): void;
  }

  /** A value that changes. */
  export interface Signal<T> {
    readonly value: T;
    /** Calls `fn` at once and on each change; gives what ends it. Through `ctx` it ends by itself on unmount. */
    subscribe(fn: (value: T) => void): () => void;
  }

  /** A signal that may be set. */
  export interface WritableSignal<T> extends Signal<T> {
    value: T;
  }

  /** What `mount` is given. Made for one mounting of one panel. */
  export interface PanelContext extends Helpers {
    readonly panel: PanelInfo;
    /** Aborted on unmount; give it to `addEventListener` and `fetch`. */
    readonly signal: AbortSignal;
    /** Gives a text of the panel's catalogue for the user's language, English when it is missing there, the key when it is missing everywhere. */
    t(key: string, args?: Record<string, string | number>): string;
    /** Preferences of this panel and user, in the browser. */
    readonly store: Store;
    /** State of the previous revision in a hot update, else `undefined`. */
    readonly restored: unknown;
    /** What the slot gives beyond the rest. */
    readonly slot: SlotData;
    /**
     * Defines a custom element under `<name>-<revision>`, which is given back: a fixed name could be defined only once per page, so the next
     * revision would fail. `name` holds a hyphen.
     */
    element(name: string, cls: CustomElementConstructor): string;
  }

  /** Which panel this is. */
  export interface PanelInfo {
    /** `bundle/id`. */
    readonly key: string;
    /** Symbolic name of the bundle. */
    readonly bundle: string;
    readonly version: string;
    /** 12 hex digits; another one after each change of the bundle's files. */
    readonly revision: string;
    /** Address of the folder of panel.json, with a slash at the end. */
    readonly base: string;
  }

  /** The slots of panel.json. */
  export type Slot =
    | 'page' | 'overview.card' | 'request.tab' | 'worker.tab' | 'failure.section' | 'start.section' | 'report.section'
    | 'settings.section' | 'download' | 'command';

  /** What each slot gives to `mount`; look at `name` first. `download` has no module. */
  export type SlotData =
    | { readonly name: 'page'; /** Query parameters of the route. */ readonly params: Readonly<Record<string, string>> }
    | { readonly name: 'overview.card'; /** Size in cells of the grid. */ readonly size: Signal<{ columns: number; rows: number }> }
    | { readonly name: 'request.tab'; /** Id of the request in the run's tables. */ readonly request: number }
    | { readonly name: 'worker.tab'; readonly worker: string }
    | { readonly name: 'failure.section'; readonly failure: string; readonly sample: FailureSample | null }
    | { readonly name: 'start.section'; /** The body of `POST /runs`; setting it changes the form. */ readonly form: WritableSignal<Record<string, unknown>> }
    | { readonly name: 'report.section'; /** The finished run. Draw it without any request: the report opens from disk. */ readonly snapshot: Run }
    | { readonly name: 'settings.section'; /** The bundle's settings; setting them saves. */ readonly settings: WritableSignal<Record<string, unknown>> }
    | { readonly name: 'command' };

  /** One failed request, masked. Bodies are cut at 16 kB. */
  export interface FailureSample {
    t: number;
    worker: string;
    user: { class: string; index: number };
    task: { class: string; method: string; line: number };
    request: { method: string; url: string; headers: Record<string, string>; body: string | null };
    response: { status: number; headers: Record<string, string>; body: string | null; truncated: boolean } | null;
    durationMs: number;
    traceId: string | null;
  }

  // ---- Helpers: in `ctx` and as exports -------------------------------------------------------------------------------------------------

  export interface Helpers {
    readonly api: Api;
    readonly live: Live;
    /** The run shown now; `null` when there is none. */
    readonly run: Signal<Run | null>;
    /** The shared time range; setting it zooms all charts. */
    readonly range: WritableSignal<Range>;
    /** The shared request filter: the id of one request, `null` for all. */
    readonly request: WritableSignal<number | null>;
    readonly charts: Charts;
    readonly ui: Ui;
    readonly fmt: Format;
    readonly theme: Theme;
    readonly user: User;
    readonly nav: Nav;
  }

  // ---- HTTP ---------------------------------------------------------------------------------------------------------------------------

  /** JSON over HTTP. Paths are relative, without a slash in front. */
  export interface Verbs {
    get<T = any>(path: string): Promise<T>;
    post<T = any>(path: string, body?: unknown): Promise<T>;
    put<T = any>(path: string, body?: unknown): Promise<T>;
    patch<T = any>(path: string, body?: unknown): Promise<T>;
    del<T = any>(path: string): Promise<T>;
    /** Saves the answer as a file; without a name, under the one the server says. */
    download(path: string, fileName?: string): Promise<void>;
  }

  /**
   * Speaks to the panel's own bundle, below `/api/v1/ext/<bundle>/`. An answer that is no success becomes an {@link ApiError}. On unmount what
   * is under way through `ctx` is aborted and never settles.
   */
  export interface Api extends Verbs {
    /** The same verbs below `/api/v1/`. */
    readonly core: Verbs;
  }

  /** An answer of the server that is no success (problem+json). */
  export class ApiError extends Error {
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number;
    /** What a catalogue translates by, such as `run.state`. */
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    /** What is wrong with single fields of the body. */
    readonly errors: readonly { path: string; code: string; message: string }[];
  }

  // ---- Live stream ----------------------------------------------------------------------------------------------------------------------

  export type LiveState = 'live' | 'stale' | 'offline';

  export interface Live {
    /** `stale` after 3 s without an event, `offline` after 10 s or when the connection is closed. */
    readonly state: Signal<LiveState>;
    /** Calls `fn` with the data of each event of a topic that panel.json names; gives what ends it. After a gap the shell fills, events come in order. */
    subscribe<K extends keyof Topics>(topic: K, fn: (data: Topics[K]) => void): () => void;
    subscribe(topic: `ext.${string}`, fn: (data: any) => void): () => void;
  }

  /** The console's own topics. Topics of bundles are called `ext.<bundle>.<name>`. */
  export interface Topics {
    /** Whenever the run changes. */
    run: Run;
    /** Each second. */
    tick: Tick;
    /** Each second: numbers of responses per bucket, sparse, `[bucket, count]`. */
    hist: { t: number; h: [number, number][] };
    /** Each second: the rows that changed, in columns; also columns of other measures. */
    requests: { t: number; ids: number[]; added?: Record<string, any>[]; removed?: number[]; [column: string]: any };
    failures: Record<string, any>[];
    exceptions: Record<string, any>[];
    /** Each second: the workers that changed. */
    workers: Record<string, any>[];
    /** Every two seconds. */
    tasks: Record<string, any>;
    log: { lines: LogLine[]; /** Lines that were left out. */ dropped: number };
    plugins: Record<string, any>;
    tests: Record<string, any>;
  }

  /** The totals of one second. */
  export interface Tick {
    t: number;
    users: number;
    /** Users there should be. */
    target: number;
    /** Requests per second. */
    rps: number;
    /** Failures per second. */
    fps: number;
    /** Response times in ms, in the order of `run.percentiles`; `null` in a second without responses. */
    p: (number | null)[];
    /** Requests under way. */
    inflight: number;
    /** 99th percentile of the start delay, ms. */
    delay: number;
    /** CPU of the busiest worker, 0 to 1. */
    cpu: number;
  }

  export interface LogLine {
    seq: number;
    t: number;
    level: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
    node: string;
    logger: string;
    text: string;
  }

  // ---- The run --------------------------------------------------------------------------------------------------------------------------

  export type RunState = 'idle' | 'preparing' | 'ramping' | 'running' | 'paused' | 'stopping' | 'stopped' | 'failed';

  export interface Run {
    id: number;
    name: string;
    state: RunState;
    substate: string | null;
    script: { path: string; sha256: string; compiledAt: number };
    host: string | null;
    tags: string[];
    startedAt: number;
    endedAt: number | null;
    /** `null` when it runs until it is stopped. */
    plannedMs: number | null;
    elapsedMs: number;
    load: { kind: 'constant' | 'stages' | 'rate' | 'shape'; [detail: string]: any };
    classes: { name: string; weight: number; fixedCount: number | null; host: string | null; tasks: string[] }[];
    /** By bundle. */
    parameters: Record<string, Record<string, any>>;
    /** Which percentiles are shown, 0 to 1. */
    percentiles: number[];
    totals: { n: number; f: number; failRatio: number | null; p: (number | null)[]; bytes: number };
    thresholds: Threshold[];
    marks: Mark[];
    generator: {
      state: 'ok' | 'warn' | 'saturated';
      delayP99: number | null; cpuMax: number | null; gcMaxMs: number | null; clockSpreadMs: number | null;
      reasons: ('delay' | 'cpu' | 'gc' | 'clock' | 'worker-missing')[];
    };
    workers: { ready: number; missing: number };
    windowFrom: number | null;
    /** After the end; `invalid` when the generator was saturated for more than 5 % of the time. */
    verdict: 'pass' | 'fail' | 'aborted' | 'invalid' | null;
  }

  export interface Threshold {
    id: string;
    expr: string;
    label: string;
    limit: number;
    unit: string;
    op: string;
    value: number | null;
    state: 'pass' | 'fail' | 'none';
    since: number | null;
    abort: number | null;
  }

  export interface Mark {
    id: string;
    t: number;
    text: string;
    by: string;
    kind: string;
  }

  /** A time range; `to: null` follows the present. */
  export interface Range {
    from: number;
    to: number | null;
  }

  // ---- Charts ---------------------------------------------------------------------------------------------------------------------------

  /** A token of the theme that may be drawn with. `l1` to `l4` are p50 to p99, `c1` to `c6` categories. */
  export type Color =
    | 'thr' | 'fail' | 'users' | 'l1' | 'l2' | 'l3' | 'l4' | 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'c6' | 'good' | 'warn' | 'bad' | 'info';

  /** How figures of an axis, a tooltip or a field are written. */
  export type Unit = 'count' | 'rate' | 'ms' | 'ratio' | 'bytes';

  export interface SeriesSpec {
    /** Its name in {@link Series.metrics}. */
    key: string;
    label: string;
    color: Color;
    /** Draw in steps, as users are. Default `false`. */
    steps?: boolean;
  }

  /** Columns as `GET runs/{id}/series` answers: value `i` belongs to `t0 + i * step`. */
  export interface Series {
    t0: number;
    step: number;
    n: number;
    metrics: Record<string, (number | null)[]>;
  }

  /** A chart. Put `element` somewhere; it follows the size of its parent, the theme and the shared cursor by itself. */
  export interface Chart {
    readonly element: HTMLElement;
    /** Takes all data away. */
    clear(): void;
    /** Takes the chart down. Charts made through `ctx` go with the panel. */
    destroy(): void;
  }

  /** A chart over time. It redraws once per frame, only when it is seen. */
  export interface TimeChart extends Chart {
    /** Adds a second: one value per series, in their order. A second that is there already is replaced. */
    push(t: number, values: (number | null)[]): void;
    /** Fills in what the columns have, by series key; seconds that were pushed stay. */
    load(series: Series): void;
  }

  export interface TimeChartOptions {
    series: SeriesSpec[];
    unit: Unit;
    /** Caption for all users and name for screen readers. Default: the labels. */
    title?: string;
    /** Height in pixels. Default 180. */
    height?: number;
    /** Logarithmic axis. Default `false`. */
    log?: boolean;
    /** Dashed lines. Default none. */
    thresholds?: { value: number; label: string }[];
  }

  export interface SparkOptions {
    /** The series' name in {@link Series.metrics}. */
    key: string;
    /** Name for screen readers. */
    label: string;
    /** Default `thr`. */
    color?: Color;
    /** Default `count`. */
    unit?: Unit;
    /** How much time it spans. Default 120. */
    seconds?: number;
    /** Height in pixels. Default 32. */
    height?: number;
  }

  export interface HeatmapOptions {
    title: string;
    /** Upper bounds of the buckets in `unit`, ascending. */
    bounds: number[];
    /** Default `ms`. */
    unit?: Unit;
    /** Default 240. */
    height?: number;
  }

  export interface Heatmap extends Chart {
    /** Adds a column, sparse: `[bucket, count]`. */
    push(t: number, column: [number, number][]): void;
    /** Fills in what `GET runs/{id}/histogram` answers. */
    load(histogram: { t0: number; step: number; bounds: number[]; unit: string; cols: [number, number][][] }): void;
  }

  export interface BarsOptions {
    title: string;
    unit: Unit;
    /** Default 180. */
    height?: number;
  }

  export interface Bars extends Chart {
    /** Replaces all bars; without a color they get `c1` to `c6` in turn, further ones are summed up. */
    set(bars: { label: string; value: number | null; color?: Color }[]): void;
  }

  export interface Charts {
    line(options: TimeChartOptions): TimeChart;
    bars(options: BarsOptions): Bars;
    heatmap(options: HeatmapOptions): Heatmap;
    /** A small line without axes. */
    spark(options: SparkOptions): TimeChart;
  }

  // ---- Dialogs, texts, theme, user, routes, store ---------------------------------------------------------------------------------------

  export interface Ui {
    /** Shows a notice at the lower right for 6 s; errors stay until closed. Default kind `info`. */
    toast(text: string, options?: { kind?: 'info' | 'good' | 'warn' | 'bad'; action?: { label: string; run(): void } }): void;
    /** Asks; `true` when confirmed. */
    confirm(question: { title: string; text?: string; confirm: string; /** Default `false`. */ danger?: boolean }): Promise<boolean>;
    /** Opens a drawer on the right and gives the element to draw into and what closes it. */
    drawer(options: { title: string; onClose?(): void }): { element: HTMLElement; close(): void };
    /** Opens a menu at an element; gives the id of the chosen item, `null` when none was. */
    menu(at: Element, items: { id: string; label: string; icon?: IconName; disabled?: boolean }[]): Promise<string | null>;
    /** Copies a text and says so. */
    copy(text: string): Promise<void>;
    /** Tells screen readers something. */
    announce(text: string): void;
  }

  /** Writes figures in the user's language. `null` becomes "—". */
  export interface Format {
    count(value: number | null): string;
    /** With "4.19 M" from a million on. */
    short(value: number | null): string;
    /** Per second, one decimal below 100. */
    rate(value: number | null): string;
    /** Milliseconds, or seconds and minutes when long. */
    ms(value: number | null): string;
    /** 0 to 1, as percent; never rounded to 0 % or 100 % when it is not. */
    ratio(value: number | null): string;
    bytes(value: number | null): string;
    /** With a sign. */
    diff(value: number | null, unit: Unit): string;
    /** A duration such as `14:32`. */
    elapsed(ms: number | null): string;
    /** Time of day with zone. */
    time(t: number | null): string;
    /** Such as "12 s ago", up to an hour. */
    ago(t: number | null): string;
  }

  /** The theme in use. */
  export interface Theme extends Signal<'light' | 'dark'> {
    /** Gives the colour of a token as CSS text, for canvas code. In style sheets write `var(--thr)`. */
    color(token: Color | 'bg' | 'surface' | 'inset' | 'border' | 'text' | 'text-2' | 'text-3' | 'accent'): string;
  }

  export type Permission =
    | 'run.view' | 'log.view' | 'report.view' | 'run.control' | 'run.annotate' | 'preset.edit' | 'plugin.manage' | 'script.edit'
    | 'user.manage' | 'settings.edit' | 'run.delete' | 'worker.manage';

  export interface User {
    readonly name: string;
    readonly roles: readonly string[];
    /** The server checks too; this is for what to show. */
    can(permission: Permission): boolean;
  }

  /** Routes are paths below the base, such as `/requests`. */
  export interface Nav {
    go(route: string, query?: Record<string, string | number>): void;
    /** Gives the address for a link. */
    href(route: string, query?: Record<string, string | number>): string;
  }

  /** JSON values by key, 64 kB per panel and user in all; `set` throws when it is full. */
  export interface Store {
    get<T = any>(key: string): T | undefined;
    set(key: string, value: unknown): void;
    remove(key: string): void;
  }

  // ---- Exports --------------------------------------------------------------------------------------------------------------------------

  /** The SDK's major version. */
  export const sdk: 1;
  export const api: Verbs & { readonly core: Verbs };
  export const live: Live;
  export const run: Helpers['run'];
  export const range: Helpers['range'];
  export const request: Helpers['request'];
  export const charts: Charts;
  export const ui: Ui;
  export const fmt: Format;
  export const theme: Theme;
  export const user: User;
  export const nav: Nav;
  /** Lit directive for an element's attribute position: sets CSS custom properties. The policy blocks `style` attributes and `styleMap`. */
  export function cssVars(values: Record<`--${string}`, string | number>): import('lit').Directive;

  // ---- Components -----------------------------------------------------------------------------------------------------------------------

  /** The icon sprite, names of Lucide. */
  export type IconName =
    | 'activity' | 'archive' | 'arrow-down' | 'arrow-left' | 'arrow-right' | 'arrow-up' | 'ban' | 'bell' | 'book-open' | 'bookmark'
    | 'bug' | 'calendar' | 'chart-column' | 'chart-line' | 'check' | 'chevron-down' | 'chevron-left' | 'chevron-right' | 'chevron-up'
    | 'circle-check' | 'clock' | 'cloud' | 'code' | 'command' | 'copy' | 'cpu' | 'database' | 'download' | 'ellipsis'
    | 'external-link' | 'eye' | 'eye-off' | 'file' | 'file-code' | 'file-text' | 'filter' | 'flag' | 'folder' | 'gauge'
    | 'git-compare' | 'globe' | 'hard-drive' | 'history' | 'house' | 'info' | 'key' | 'layers' | 'layout-dashboard' | 'link' | 'list'
    | 'lock' | 'log-out' | 'mail' | 'menu' | 'message-square' | 'minus' | 'moon' | 'network' | 'octagon-x' | 'package' | 'pause'
    | 'pencil' | 'play' | 'plus' | 'puzzle' | 'refresh-cw' | 'rotate-ccw' | 'save' | 'search' | 'server' | 'settings' | 'shield'
    | 'sliders-horizontal' | 'square' | 'star' | 'sun' | 'table' | 'tag' | 'terminal' | 'timer' | 'trash-2' | 'triangle-alert'
    | 'upload' | 'user' | 'users' | 'x' | 'zap';

  /** A meaning, shown by a sign and a colour. */
  export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

  /** Head of a page. Slots: default, the line of facts; `actions`, at the right. */
  export interface KtPageHead extends HTMLElement { title: string }
  /** Card. Slots: default; `actions`, in its head. */
  export interface KtCard extends HTMLElement { title: string; /** Body without padding, for tables. Default `false`. */ flush: boolean }
  /** A figure with label, change and spark. */
  export interface KtTile extends HTMLElement {
    label: string; value: string; /** Below the figure. Default "". */ note: string; /** Default `neutral`. */ tone: Tone; chart: TimeChart | null;
  }
  export interface Column<R> {
    key: string; label: string; /** Default: the value as text. */ text?(row: R): string; /** Right-aligned, tabular. Default `false`. */ numeric?: boolean;
    /** Default `true`. */ sortable?: boolean;
  }
  /**
   * Table, drawn for 10,000 rows. Events: `kt-row` with `detail` the row that was opened by click or Enter; `kt-sort` with `detail`
   * `{ key, descending }`.
   */
  export interface KtTable<R = any> extends HTMLElement {
    columns: Column<R>[]; rows: R[]; /** Tells rows apart. Default: `row.id`. */ rowKey(row: R): string | number;
    /** Key of the column, "-" in front for descending. Default "". */ sort: string; /** Text without rows. */ empty: string; /** Default `false`. */ compact: boolean;
  }
  export interface KtBadge extends HTMLElement { text: string; /** Default `neutral`. */ tone: Tone }
  /** Removable word. Event: `kt-remove`. */
  export interface KtChip extends HTMLElement { text: string; /** Default `neutral`. */ tone: Tone; /** Default `false`. */ removable: boolean }
  /** Without a label it is hidden from screen readers. */
  export interface KtIcon extends HTMLElement { name: IconName; /** Default "". */ label: string }
  /** Button; its text is the content. Listen to `click`. */
  export interface KtButton extends HTMLElement {
    /** Default `normal`; one `main` per screen. */ kind: 'normal' | 'main' | 'danger' | 'quiet'; /** Default `medium`. */ size: 'small' | 'medium' | 'large';
    icon: IconName | null; /** Default `false`. */ disabled: boolean; /** Shown as tooltip while disabled. */ reason: string; /** Default `false`. */ busy: boolean;
  }
  export interface Choice { value: string; label: string; disabled?: boolean }
  /** What all inputs have. Event: `change` when the user has changed `value`. */
  export interface KtInput<V> extends HTMLElement {
    label: string; name: string; value: V; /** Below the input. Default "". */ hint: string; /** Instead of the hint. Default "". */ error: string;
    /** Default `false`. */ disabled: boolean; /** Default `false`. */ required: boolean;
  }
  export interface KtSegmented extends KtInput<string> { choices: Choice[] }
  export interface KtSelect extends KtInput<string> { choices: Choice[] }
  /** Text. */
  export interface KtField extends KtInput<string> { /** Default "". */ placeholder: string; /** Default 1. */ rows: number }
  export interface KtNumber extends KtInput<number | null> { min: number | null; max: number | null; /** Default 1. */ step: number; unit: Unit }
  /** Milliseconds, written as `1m 30s`. */
  export interface KtDuration extends KtInput<number | null> { min: number | null; max: number | null }
  /** Can be written and never read: `value` is what was typed now, "" when untouched. */
  export interface KtSecret extends KtInput<string> { /** Whether the server has one. Default `false`. */ stored: boolean }
  export interface KtSwitch extends KtInput<boolean> {}
  export interface KtCheckbox extends KtInput<boolean> { /** Default `false`. */ indeterminate: boolean }
  /** Tabs; the content of each has `slot="<value>"`. Event: `change`. */
  export interface KtTabs extends HTMLElement { tabs: (Choice & { count?: number })[]; value: string }
  /** Drawer on the right. Event: `kt-close`. */
  export interface KtDrawer extends HTMLElement { title: string; /** Default `false`. */ open: boolean }
  /** Modal dialog. Slots: default; `actions`. Event: `kt-close`. */
  export interface KtDialog extends HTMLElement { title: string; /** Default `false`. */ open: boolean }
  /** Button with a menu. Event: `kt-choose` with `detail` the value. */
  export interface KtMenu extends HTMLElement { label: string; items: (Choice & { icon?: IconName })[] }
  /** What stands where there is nothing. Slot: `actions`. */
  export interface KtEmpty extends HTMLElement { title: string; text: string; icon: IconName | null }
  /** A failure with what to do. Event: `kt-retry`. */
  export interface KtError extends HTMLElement { title: string; error: Error | string; /** Default `true`. */ retry: boolean }
  export interface KtSkeleton extends HTMLElement { /** Default 3. */ rows: number }
  /** A ratio with its limit. */
  export interface KtMeter extends HTMLElement { label: string; /** 0 to 1. */ value: number | null; /** 0 to 1, the mark. Default none. */ limit: number | null }
  /** Lines of a log that follow the end while it is seen. */
  export interface KtLog extends HTMLElement { lines: LogLine[]; /** Default 5000. */ max: number }

  global {
    interface HTMLElementTagNameMap {
      'kt-page-head': KtPageHead; 'kt-card': KtCard; 'kt-tile': KtTile; 'kt-table': KtTable; 'kt-badge': KtBadge; 'kt-chip': KtChip;
      'kt-icon': KtIcon; 'kt-button': KtButton; 'kt-segmented': KtSegmented; 'kt-select': KtSelect; 'kt-field': KtField;
      'kt-number': KtNumber; 'kt-duration': KtDuration; 'kt-secret': KtSecret; 'kt-switch': KtSwitch; 'kt-checkbox': KtCheckbox;
      'kt-tabs': KtTabs; 'kt-drawer': KtDrawer; 'kt-dialog': KtDialog; 'kt-menu': KtMenu; 'kt-empty': KtEmpty; 'kt-error': KtError;
      'kt-skeleton': KtSkeleton; 'kt-meter': KtMeter; 'kt-log': KtLog;
    }
  }
}

/** What panels use of Lit 3, which the console serves to all of them as the module `lit`. Panels do not bring a copy. */
declare module 'lit' {
  export interface TemplateResult { readonly _$litType$: 1 | 2 }
  export interface Directive { readonly _$litDirective$: unknown }
  export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
  export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
  /** Renders nothing; removes an attribute that it is the value of. */
  export const nothing: unique symbol;
  export const noChange: unique symbol;
  export function render(value: unknown, container: HTMLElement | DocumentFragment, options?: { renderBefore?: ChildNode | null; host?: object }): unknown;
}
declare module 'lit/directives/repeat.js' {
  export function repeat<T>(items: Iterable<T>, key: (item: T, index: number) => unknown, template: (item: T, index: number) => unknown): unknown;
}
declare module 'lit/directives/class-map.js' {
  export function classMap(classes: Record<string, boolean>): import('lit').Directive;
}
declare module 'lit/directives/if-defined.js' {
  export function ifDefined<T>(value: T): T;
}

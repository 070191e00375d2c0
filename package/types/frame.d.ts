// Types of the script for pages that hold <tu-kiem-tra> in an iframe (dist/embed.html).

import type { TuKiemTraAttribute, TuKiemTraEventMap, TuKiemTraMethods } from "./tu-kiem-tra.js";

export type * from "./tu-kiem-tra.js";

/** The element inside an iframe: the same methods and the same events. */
export interface TuKiemTraFrame extends EventTarget, TuKiemTraMethods {
  /** Sets an attribute of the element. */
  set(attribute: TuKiemTraAttribute, value: string): void;
  /** Ends the connection: nothing is heard or answered any more. */
  disconnect(): void;

  addEventListener<Name extends keyof TuKiemTraEventMap>(
    type: Name,
    listener: (this: TuKiemTraFrame, event: TuKiemTraEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof TuKiemTraEventMap>(
    type: Name,
    listener: (this: TuKiemTraFrame, event: TuKiemTraEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** Connects a page with the element in one of its iframes. */
export function connect(iframe: HTMLIFrameElement): TuKiemTraFrame;

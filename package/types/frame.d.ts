// Types of dist/tu-kiem-tra-frame.js, the script for pages that hold <tu-kiem-tra> in an iframe
// (dist/embed.html).

import type { TuKiemTraAttribute, TuKiemTraEventMap, TuKiemTraMethods, UploadHeaders } from "./tu-kiem-tra.js";

export type * from "./tu-kiem-tra.js";

/** The element inside an iframe: the same methods and the same events. */
export interface TuKiemTraFrame extends EventTarget, TuKiemTraMethods {
  /**
   * Sets something of the element; `null` takes it away. It is set again whenever the page inside is loaded
   * again. Throws an error with the code `bad-arguments`, and changes nothing, where it holds what can't be
   * handed to another page, such as a function.
   */
  set<Name extends keyof TuKiemTraFrameSettings>(name: Name, value: TuKiemTraFrameSettings[Name]): void;
  /** Sets several at once: an address and the headers that are meant for it, for example. */
  set(settings: Partial<TuKiemTraFrameSettings>): void;
  /** Ends the connection: nothing is heard or answered any more. The page inside goes on by itself. */
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

/** What a page can set of the element in its iframe. */
export interface TuKiemTraFrameSettings extends Record<TuKiemTraAttribute, string | null> {
  /** No function here: set new ones when `tkt-upload` tells of the state `unauthorized`. */
  uploadHeaders: UploadHeaders | null;
  /** As in `fetch`; `same-origin`, that of the page inside, if nothing is said. */
  uploadCredentials: RequestCredentials | null;
}

export interface TuKiemTraFrameOptions {
  /** The page inside downloads nothing when the person exports, as after `preventDefault()`: the host takes over. */
  takeOverExports?: boolean;
  /** Makes the iframe as high as what is in it, but no higher than the window; so if nothing is said. */
  resize?: boolean;
}

/**
 * Connects a page with the element in one of its iframes, now and whenever it is loaded again. The page
 * inside answers the origins alone that the `embed.json` beside it lists; to others, each method rejects
 * with the code `not-allowed`.
 */
export function connect(iframe: HTMLIFrameElement, options?: TuKiemTraFrameOptions): TuKiemTraFrame;

// <tu-kiem-tra> in the JSX of React 19: `import type {} from "tu-kiem-tra/react"`. A file of its own, so
// that nobody else needs React's types.

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { TuKiemTraAttribute, TuKiemTraElement, TuKiemTraEventMap, TuKiemTraProperties } from "./tu-kiem-tra.js";

/** React calls these with the element's events: `ontkt-saved={(event) => …}`. */
type Listeners = {
  [Name in keyof TuKiemTraEventMap as `on${Name}`]?: (event: TuKiemTraEventMap[Name]) => void;
};

/** The attributes whose names are not also those of properties. */
type NamesInHtml = { [Name in Exclude<TuKiemTraAttribute, keyof TuKiemTraProperties>]?: string };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "tu-kiem-tra": DetailedHTMLProps<HTMLAttributes<TuKiemTraElement>, TuKiemTraElement> &
        Partial<TuKiemTraProperties> &
        NamesInHtml &
        Listeners;
    }
  }
}

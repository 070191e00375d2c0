// The element in React 19. Compiled, never run.

import "tu-kiem-tra";
import type { TuKiemTraElement } from "tu-kiem-tra";
import type {} from "tu-kiem-tra/react";
import { createRef } from "react";

const ref = createRef<TuKiemTraElement>();

export const form = (
  <tu-kiem-tra
    ref={ref}
    unit-name="UBND phường An Bình"
    unitType="commune"
    lang="vi"
    className="form"
    ontkt-saved={(event) => console.log(event.detail.at)}
  />
);

// @ts-expect-error No such kind of unit.
export const wrongType = <tu-kiem-tra unitType="village" />;
// @ts-expect-error A text, as every attribute.
export const wrongPeriod = <tu-kiem-tra unit-code={5} />;
// @ts-expect-error That is told by another event.
export const wrongEvent = <tu-kiem-tra ontkt-saved={(event) => console.log(event.detail.report)} />;
// @ts-expect-error No such property.
export const noProperty = <tu-kiem-tra unitNames="x" />;

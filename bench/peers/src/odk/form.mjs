// The form as ODK Web Forms takes it: the XForm itself.

import { xform } from "../xform.mjs";

export const files = (count) => ({ [`form-${count}.xml`]: xform(count) });

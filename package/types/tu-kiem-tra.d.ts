// Types of <tu-kiem-tra>. The module defines the element and exports no values, so here are types alone.

import type { Answer, Kind, Performer, Report, ReportItem, Status, Unit, Verdict } from "./data.js";

export type * from "./data.js";

/** The element's attributes as properties. They prefill the start form; `lang` and `uploadUrl` act at once. */
export interface TuKiemTraProperties {
  /** Id of a built-in checklist, or URL of a checklist file. */
  checklist: string;
  /** Name of the unit that inspects itself. */
  unitName: string;
  /** The unit's code in the province's lists. */
  unitCode: string;
  /** What kind of unit it is; a commune or ward if nothing is given. */
  unitType: Performer | "";
  /** The body that gets the report. */
  superiorName: string;
  /** `2026`, `2026-Q4`, `2026-11` or `2026-10-01/2026-12-31`. */
  period: string;
  /** `vi` (default) or `en`. */
  lang: string;
  /** Where reports are sent by 'Gửi báo cáo': an `http:` or `https:` address, relative to the page. */
  uploadUrl: string;
  /** Keeps the inspections of one use apart from others of the same origin. */
  storageNamespace: string;
}

/** What is added to the requests that send reports; no attributes, and both act at once. */
export interface TuKiemTraUploadSettings {
  /**
   * Headers, such as a CSRF token, or a function that gives them: it is asked before each attempt, and with
   * `again: true` once more after a 401, 403 or 419. `Content-Type` and `Idempotency-Key` are the element's.
   */
  uploadHeaders: UploadHeaders | ((request: UploadRequest) => UploadHeaders | Promise<UploadHeaders>) | null | undefined;
  /** As in `fetch`; `same-origin` if nothing is said. */
  uploadCredentials: RequestCredentials | null | undefined;
}

export type UploadHeaders = Record<string, string>;

/** What is about to be sent. */
export interface UploadRequest {
  /** The whole address. */
  url: string;
  /** Whether the server did not accept the headers of before. */
  again: boolean;
}

/** The names of the attributes in HTML. */
export type TuKiemTraAttribute =
  | "checklist"
  | "unit-name"
  | "unit-code"
  | "unit-type"
  | "superior-name"
  | "period"
  | "lang"
  | "upload-url"
  | "storage-namespace";

/**
 * What a host can ask for. Each method waits until the element is ready, and rejects with a
 * {@link TuKiemTraError} when it can't do its work.
 */
export interface TuKiemTraMethods {
  /** Starts an inspection and gives its id, once every item that applies is in the page. */
  startInspection(inspection: NewInspection): Promise<string>;
  /** Opens an inspection of this device; resolves once every item that applies is in the page. */
  openInspection(id: string): Promise<void>;
  /** The inspections on this device, the newest first. */
  listInspections(): Promise<ListedInspection[]>;
  /** Answers an item of the open inspection and gives the verdict. `setAnswer<"ratio">(…)` takes a ratio's answer alone. */
  setAnswer<K extends Kind = Kind>(itemId: string, answer: AnswerOf<K>): Promise<Verdict>;
  /** The open inspection's report. Fires no event and downloads nothing. */
  exportReport(): Promise<Report>;
  /** Takes a report in and gives its inspection's id. Opens no dialog. */
  importReport(report: Report | string, options?: ImportOptions): Promise<string>;
  /** Resolves once all that was entered is safe on the device. */
  flush(): Promise<void>;
}

/** `<tu-kiem-tra>` in a page. */
export interface TuKiemTraElement
  extends HTMLElement, TuKiemTraProperties, TuKiemTraUploadSettings, TuKiemTraMethods {}

/** What `startInspection` takes. */
export interface NewInspection {
  /** Id of a built-in checklist, or URL of a checklist file. */
  checklist: string;
  unit: Unit;
  /** `2026`, `2026-Q4`, `2026-11` or `2026-10-01/2026-12-31`. */
  period: string;
}

/** An inspection in the list of those on this device. */
export interface ListedInspection {
  /** A UUID. */
  id: string;
  /** The checklist's id. */
  checklist: string;
  unit: Unit;
  period: string;
  status: Status;
  /** RFC 3339 with a zone, like the two below. */
  createdAt: string;
  updatedAt: string;
  /** When a report was last exported; absent if none was. */
  exportedAt?: string;
}

/** What answers an item of a kind; `AnswerOf<Kind>` is any answer. */
export type AnswerOf<K extends Kind> = NonNullable<Extract<ReportItem, { kind: K }>["answer"]>;

export interface ImportOptions {
  /** What to do when the report's inspection is on this device already: `reject` if nothing is said. */
  onConflict?: "reject" | "replace" | "keep-both";
}

/** What methods reject with. */
export interface TuKiemTraError extends Error {
  /** Stable, unlike the message. A later version may have more of them. */
  code: TuKiemTraErrorCode | (string & {});
}

export type TuKiemTraErrorCode =
  | "archive-damaged"
  | "archive-too-many"
  | "archive-unreachable"
  | "archive-unsupported"
  | "archive-without-report"
  | "attachment-too-large"
  | "backup-altered"
  | "backup-among-reports"
  | "backup-damaged"
  | "backup-foreign"
  | "backup-newer"
  | "backup-too-large"
  | "backup-truncated"
  | "bad-arguments"
  | "bad-attribute"
  | "bad-upload-headers"
  | "checklist-unreachable"
  | "damaged-inspection"
  | "file-unreadable"
  | "import-altered"
  | "import-conflict"
  | "import-damaged"
  | "import-foreign"
  | "import-newer"
  | "import-too-large"
  | "import-truncated"
  | "invalid-answer"
  | "invalid-checklist"
  | "invalid-period"
  | "invalid-unit"
  | "load-failed"
  | "no-inspection"
  // From iframes alone.
  | "not-allowed"
  | "not-connected"
  | "not-erased"
  | "program-stopped"
  | "storage-failed"
  | "too-many-reports"
  | "unknown-checklist"
  | "unknown-inspection"
  | "unknown-item"
  | "unknown-method";

/** Why something could not be saved. A later version may have more reasons. */
export type TuKiemTraSaveErrorReason =
  | "blocked"
  | "closed"
  | "denied"
  | "failed"
  | "newer-program"
  | "quota"
  | "timeout"
  | "upgrade";

/** An item and the revision of its answer. */
export interface ItemRevision {
  itemId: string;
  revision: number;
}

/** What the events tell in `detail`. */
export interface TuKiemTraEventDetails {
  /** The element can be used. */
  "tkt-ready": Record<string, never>;
  /** An edit was accepted, whether the verdict changed or not. */
  "tkt-change": { inspectionId: string; items: Array<ItemRevision & { verdict: Verdict }> };
  /** Answers are safe on the device; `at` is RFC 3339 with a zone. */
  "tkt-saved": { inspectionId: string; at: string; items: ItemRevision[] };
  /** Saving failed; `pending` counts what is in memory alone. */
  "tkt-save-error": { reason: TuKiemTraSaveErrorReason | (string & {}); pending: number };
  /** The person exports. After `preventDefault()` nothing is downloaded: the host takes over. */
  "tkt-export": { report: Report };
  /** A report is on its way to `uploadUrl`, or has arrived. */
  "tkt-upload": {
    inspectionId: string;
    /** The digest of the report that is sent. */
    sha256: string;
    /**
     * `waiting`: it is tried again by itself; `unauthorized`: other headers are wanted; `unconfirmed`: the answer
     * looked like success but named another report; `refused`: the server does not want it;
     * `damaged`: what waited on the device is not whole any more.
     */
    state:
      | "queued" | "sending" | "waiting" | "uploaded" | "unauthorized" | "unconfirmed" | "refused" | "damaged"
      | "canceled";
    /** What the person is told. */
    message: string;
    /** The HTTP status, if the server answered with one that matters. */
    status?: number;
    /** Seconds until the next attempt. */
    retryIn?: number;
  };
  /** Something went wrong; the message is what the person sees. */
  "tkt-error": { code: TuKiemTraError["code"]; message: string };
}

export type TuKiemTraEventMap = {
  [Name in keyof TuKiemTraEventDetails]: CustomEvent<TuKiemTraEventDetails[Name]>;
};

declare global {
  interface HTMLElementTagNameMap {
    "tu-kiem-tra": TuKiemTraElement;
  }
  // The events bubble out of every shadow root: they can be listened to on whatever is around the element.
  interface GlobalEventHandlersEventMap extends TuKiemTraEventMap {}
}

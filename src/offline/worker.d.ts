// What a service worker has beside what every worker has.

declare global {
  /** Where the release lies, as a portal's own worker says. */
  var tuKiemTra: string | undefined;
  var registration: ServiceWorkerRegistration;
  var clients: Clients;
  function skipWaiting(): Promise<void>;
  interface WorkerGlobalScopeEventMap {
    install: ExtendableEvent;
    activate: ExtendableEvent;
    message: ExtendableMessageEvent;
    fetch: FetchEvent;
  }
}

export {};

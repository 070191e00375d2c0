// The globals that only service workers have.

declare global {
  /** The folder of the release, as a portal's own worker gives it. */
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

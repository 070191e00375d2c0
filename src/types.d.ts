// Types that the scripts share, beside those of the contract in package/types/. They are not part of the release.

/** The program's script, as wasm-bindgen makes it. */
export interface Program {
  default(options: { module_or_path: Response | ArrayBuffer }): Promise<unknown>;
  mount(element: HTMLElement, root: ShadowRoot): Instance;
  tellShell(stop: () => void, expose: (exposed: boolean) => void): void;
  tellUpdates(updates: EventTarget): void;
  tellOffice(office: object): void;
}

/** An element that the program runs. */
export interface Instance {
  /** Calls a method with its arguments as JSON. */
  call(method: string, given: (string | undefined)[]): Promise<unknown>;
  attributeChanged(name: string): void;
  unmount(): void;
}

/** The script of the program that makes office files. */
export interface OfficeProgram {
  default(options: { module_or_path: ArrayBuffer }): Promise<unknown>;
  xlsx(sheet: string): Uint8Array;
  docx(document: string, photos: object): Uint8Array;
  Packer: new () => object;
  Unpacker: new (size: number) => object;
}

/** The two files of a program: its script and its WebAssembly. */
export interface ProgramFiles<Script> {
  files: [script: string, wasm: string];
  script(mark: string): Promise<Script>;
}

/** An error with a stable code. */
export interface CodedError extends Error {
  code: string;
}

/** A plugin of the build that turns a file that is not a module into one. */
export interface ModulePlugin {
  readonly name: string;
  readonly load: {
    readonly filter: { readonly id: RegExp };
    handler(id: string): string | object | Promise<string | object>;
  };
}

export const textFiles: ModulePlugin;
export const pageScript: ModulePlugin;
export const wasmModules: ModulePlugin;

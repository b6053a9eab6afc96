/** A plugin of the build that makes a module of a file which is none. */
export interface ModulePlugin {
  readonly name: string;
  readonly load: {
    readonly filter: { readonly id: RegExp };
    handler(id: string): string | object | Promise<string | object>;
  };
}

export const textFiles: ModulePlugin;
export const pageScript: ModulePlugin;

import type { Router } from 'express';

interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly stack: readonly { readonly method?: string }[];
  };
  readonly handle: unknown;
  /** Where it is mounted. */
  readonly rawPath: string | readonly string[];
}

/**
 * Every route that a router and those below it serve, as an OpenAPI document writes it: `GET /keys/{hash}`. A route that
 * stands twice, first with a guard alone, is named once.
 */
export function servedRoutes(router: Router, below = ''): ReadonlySet<string> {
  const found = new Set<string>();
  for (const layer of router.stack as unknown as readonly Layer[]) {
    if (layer.route) {
      for (const path of [layer.route.path].flat()) {
        for (const { method = 'all' } of layer.route.stack) {
          // What a browser asks by itself before it asks what is meant.
          if (method !== 'options') found.add(`${method.toUpperCase()} ${template(below, path)}`);
        }
      }
    } else if (isRouter(layer.handle)) {
      for (const at of [layer.rawPath].flat()) {
        for (const one of servedRoutes(layer.handle, below + withoutSlash(at))) found.add(one);
      }
    }
  }
  return found;
}

function template(below: string, path: string): string {
  return (below + withoutSlash(path)).replaceAll(/:(\w+)/g, '{$1}');
}

function withoutSlash(path: string): string {
  return path === '/' ? '' : path;
}

function isRouter(handle: unknown): handle is Router {
  return typeof handle === 'function' && 'stack' in handle;
}

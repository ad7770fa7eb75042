import type { Router } from 'express';

interface Layer {
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method?: string }[] };
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
      const path = below + withoutSlash(layer.route.path);
      for (const { method = 'all' } of layer.route.stack) {
        found.add(`${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
      }
    } else if (isRouter(layer.handle)) {
      for (const at of [layer.rawPath].flat()) {
        for (const one of servedRoutes(layer.handle, below + withoutSlash(at))) found.add(one);
      }
    }
  }
  return found;
}

function withoutSlash(path: string): string {
  return path === '/' ? '' : path;
}

function isRouter(handle: unknown): handle is Router {
  return typeof handle === 'function' && 'stack' in handle;
}

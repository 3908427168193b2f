import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of meshgraph's package: sources lie at another depth in it than the built construct does. */
export function packageRoot(from = import.meta.dirname): string {
  return existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from));
}

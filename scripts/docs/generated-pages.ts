import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { checkoutRoot } from '../checkout-root.ts';
import { renderKpiFiles } from './kpis/render-kpi-files.ts';
import { renderConfiguration } from './render-configuration.ts';
import { renderErrors } from './render-errors.ts';
import { renderFeatures } from './render-features.ts';

export interface GeneratedPage {
  /** Relative to the checkout. */
  readonly path: string;
  readonly text: string;
}

/** The reference pages as they have to be now, formatted like everything else. */
export async function renderPages(): Promise<GeneratedPage[]> {
  const registrySource = await readFile(join(checkoutRoot, 'services', 'core', 'errors.ts'), 'utf8');
  return await Promise.all([
    formatPage('docs/reference/errors.md', renderErrors(registrySource)),
    formatPage('docs/reference/configuration.md', renderConfiguration()),
    formatPage('docs/reference/features.md', renderFeatures()),
    ...(await renderKpiFiles()).map(([path, text]) => formatPage(path, text)),
  ]);
}

async function formatPage(path: string, text: string): Promise<GeneratedPage> {
  const file = join(checkoutRoot, path);
  return { path, text: await format(text, { ...(await resolveConfig(file)), filepath: file }) };
}

import type { Frame } from './cpu-profile.ts';

const width = 1200;
const rowHeight = 15;
/** Frames narrower than this many pixels are left out. */
const narrowest = 2;
const charWidth = 6.2;
const maxDepth = 34;

interface Place {
  readonly x: number;
  readonly y: number;
  /** Width; all in pixels. */
  readonly w: number;
}

/**
 * A flame graph: each box is a function as wide as its share of the time, on top of its caller. Frames of libraries are
 * blue, ours are orange, the engine's grey.
 */
export function flameSvg(root: Frame, title: string): string {
  const boxes: string[] = [];
  let deepest = 0;
  function draw(frame: Frame, x: number, depth: number): void {
    const w = (frame.total / root.total) * width;
    if (w < narrowest || depth > maxDepth) return;
    deepest = Math.max(deepest, depth);
    boxes.push(box(frame, { x, y: depth * rowHeight, w }, frame.total / root.total));
    let left = x;
    for (const child of frame.children) {
      draw(child, left, depth + 1);
      left += (child.total / root.total) * width;
    }
  }
  draw(root, 0, 0);
  const height = (deepest + 3) * rowHeight;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="10">\n` +
    `<text x="4" y="12" font-size="12">${escape(title)}</text>\n` +
    `<g transform="translate(0 ${2 * rowHeight})">\n${boxes.join('\n')}\n</g>\n</svg>\n`
  );
}

function box({ name, file }: Frame, { x, y, w }: Place, share: number): string {
  const tip = `${name}${file === '' ? '' : ` ${file}`} ${(share * 100).toFixed(1)} %`;
  const chars = Math.floor((w - 4) / charWidth);
  const label = chars < 3 ? '' : `<text x="${round(x + 2)}" y="${y + 11}">${escape(name.slice(0, chars))}</text>`;
  return (
    `<g><title>${escape(tip)}</title><rect x="${round(x)}" y="${y}" width="${round(w - 0.4)}" height="${rowHeight - 1}" ` +
    `fill="${colour(file)}"/>${label}</g>`
  );
}

function colour(file: string): string {
  if (file.startsWith('services/')) return '#f5a35c';
  return file === '' || file.startsWith('node:') ? '#c9c9c9' : '#8fb8de';
}

function round(pixels: number): string {
  return pixels.toFixed(1);
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

import { upperLimit, type Prediction } from "./plot-terminal.ts";

const size = 640;
const margin = { top: 64, right: 32, bottom: 64, left: 72 } as const;
const width = size - margin.left - margin.right;
const height = size - margin.top - margin.bottom;

/** The plot of predicted against actual values as a standalone SVG document, readable on light and dark pages. */
export function plotAsSvg(
  points: readonly Prediction[],
  text: { readonly title: string; readonly subtitle: string; readonly unit: string },
): string {
  const limit = upperLimit(points);
  const x = (value: number): string => (margin.left + (value / limit) * width).toFixed(1);
  const y = (value: number): string => (margin.top + height - (value / limit) * height).toFixed(1);
  const ticks = Array.from({ length: limit / 10 + 1 }, (_, index) => index * 10);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}" font-family="system-ui, sans-serif" font-size="13" fill="#475569">`,
    `<rect width="${size}" height="${size}" fill="#ffffff"/>`,
    `<text x="${margin.left}" y="30" font-size="18" font-weight="600" fill="#0f172a">${escapeText(text.title)}</text>`,
    `<text x="${margin.left}" y="50">${escapeText(text.subtitle)}</text>`,
    ...ticks.map((tick) => gridLines(x(tick), y(tick), tick)),
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(limit)}" y2="${y(limit)}" stroke="#94a3b8" stroke-dasharray="6 5"/>`,
    ...points.map(
      ({ actual, predicted }) =>
        `<circle cx="${x(actual)}" cy="${y(predicted)}" r="4" fill="#2563eb" fill-opacity="0.55"/>`,
    ),
    `<text x="${margin.left + width / 2}" y="${size - 18}" text-anchor="middle">actual (${escapeText(text.unit)})</text>`,
    `<text transform="translate(22 ${margin.top + height / 2}) rotate(-90)" text-anchor="middle">predicted (${escapeText(text.unit)})</text>`,
    "</svg>",
    "",
  ].join("\n");
}

function gridLines(x: string, y: string, tick: number): string {
  const [left, bottom] = [margin.left, margin.top + height];
  return [
    `<line x1="${x}" y1="${margin.top}" x2="${x}" y2="${bottom}" stroke="#e2e8f0"/>`,
    `<line x1="${left}" y1="${y}" x2="${left + width}" y2="${y}" stroke="#e2e8f0"/>`,
    `<text x="${x}" y="${bottom + 20}" text-anchor="middle">${tick}</text>`,
    `<text x="${left - 10}" y="${y}" dy="0.35em" text-anchor="end">${tick}</text>`,
  ].join("");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

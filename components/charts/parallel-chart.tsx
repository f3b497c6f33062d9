"use client";

import { memo, useMemo, useState } from "react";
import type { AxisKind } from "@/lib/charts/axis";
import { formatValue } from "@/lib/charts/format";
import { type DrawnParallel, type ParallelInput, prepareParallel } from "@/lib/charts/parallel";
import { heatColour } from "./heat-colour";
import { useWidth } from "./use-width";

const TOP = 34;
const FOOT = 10;
const SIDE = 60;
const HEIGHT = 380;
/** Narrower than this an axis' marks run into the next one's lines. */
const LEAST_GAP = 110;

const PLOT_HEIGHT = HEIGHT - TOP - FOOT;

const placeX = (x: number, inner: number) => SIDE + x * inner;
const placeY = (y: number) => TOP + (1 - y) * PLOT_HEIGHT;

function pathOf(drawn: DrawnParallel, inner: number, at: readonly (number | null)[]): string {
  let path = "";
  let pen = false;
  at.forEach((y, index) => {
    if (y !== null)
      path += `${pen ? "L" : "M"}${placeX(drawn.axes[index]!.x, inner).toFixed(1)} ${placeY(y).toFixed(1)}`;
    pen = y !== null;
  });
  return path;
}

/** Apart, so that a thousand lines are not drawn again when one is pointed at. */
const Lines = memo(function Lines({
  drawn,
  inner,
  onNear,
}: {
  drawn: DrawnParallel;
  inner: number;
  onNear: (run: number | null) => void;
}) {
  return drawn.lines.map(({ at, end }, run) => (
    <path
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its run's place
      key={run}
      d={pathOf(drawn, inner, at)}
      fill="none"
      stroke={heatColour(end)}
      strokeWidth={1.4}
      opacity={drawn.lines.length > 200 ? 0.45 : 0.9}
      onPointerEnter={() => onNear(run)}
      onPointerLeave={() => onNear(null)}
    />
  ));
});

/** Runs as lines over params and metrics; coloured by where they end on the last axis. */
export function ParallelChart({
  inputs,
  titles,
  names,
  kindOf,
  onFlipKind,
}: {
  inputs: readonly ParallelInput[];
  titles: readonly string[];
  names: readonly string[];
  kindOf: (id: string) => AxisKind;
  onFlipKind: (id: string) => void;
}) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [near, setNear] = useState<number | null>(null);
  const drawn = useMemo(
    () => prepareParallel(inputs, { write: (value) => formatValue(value, 3), kindOf }),
    [inputs, kindOf],
  );
  const inner = Math.max(width - 2 * SIDE, (inputs.length - 1) * LEAST_GAP);
  const px = (x: number) => placeX(x, inner);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={ref} aria-label="Parallel coordinates" tabIndex={0} className="relative overflow-x-auto">
      {width > 0 ? (
        <div className="relative" style={{ width: inner + 2 * SIDE, height: HEIGHT }}>
          <svg
            width={inner + 2 * SIDE}
            height={HEIGHT}
            role="img"
            aria-label={`${names.length} runs over ${titles.join(", ")}`}
            className="block"
          >
            <g opacity={near === null ? 1 : 0.2}>
              <Lines drawn={drawn} inner={inner} onNear={setNear} />
            </g>
            {near === null ? null : (
              <path
                d={pathOf(drawn, inner, drawn.lines[near]!.at)}
                fill="none"
                stroke={heatColour(drawn.lines[near]!.end)}
                strokeWidth={3}
                className="pointer-events-none"
              />
            )}
            {drawn.axes.map(({ id, x, marks }) => (
              <g key={id}>
                <line x1={px(x)} x2={px(x)} y1={TOP} y2={TOP + PLOT_HEIGHT} className="stroke-line-strong" />
                {marks.map(({ y, text }) => (
                  <text
                    key={text}
                    x={px(x) + 5}
                    y={placeY(y) + 3.5}
                    paintOrder="stroke"
                    strokeWidth={3}
                    className="fill-chart-axis stroke-card text-2xs"
                  >
                    {text.length > 14 ? `${text.slice(0, 13)}…` : text}
                  </text>
                ))}
              </g>
            ))}
          </svg>
          {drawn.axes.map(({ id, x }, index) => (
            <button
              key={id}
              type="button"
              disabled={!inputs[index]!.numeric}
              onClick={() => onFlipKind(id)}
              title={`${titles[index]}: linear or logarithmic`}
              className="absolute top-0 -translate-x-1/2 rounded-sm px-1 text-center text-xs leading-tight hover:bg-hover"
              style={{ left: px(x), maxWidth: LEAST_GAP }}
            >
              <span className="block truncate font-medium">{titles[index]}</span>
              <span className="block text-2xs text-mute">
                {inputs[index]!.numeric ? (kindOf(id) === "log" ? "logarithmic" : "linear") : "category"}
              </span>
            </button>
          ))}
          {near === null ? null : (
            <p className="pointer-events-none absolute right-2 bottom-2 rounded-md border border-line bg-card px-2 py-1 text-xs shadow-float">
              {names[near]}
            </p>
          )}
        </div>
      ) : null}
    </section>
  );
}

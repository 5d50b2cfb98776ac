import type { ReactElement } from "react";

const paths = {
  ready: "M6 3.5 10.5 8 6 12.5",
  question: "M5.6 6a2.4 2.4 0 1 1 3.7 2c-.9.6-1.3 1-1.3 2M8 12.6v.1",
  working: "M3.5 8v.1M8 8v.1M12.5 8v.1",
  done: "M3.5 8.5 6.7 11.7 12.5 4.7",
  alert: "M8 3.5v5.6M8 12.4v.1",
  waiting: "M8 4.6V8l2.3 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
  pin: "M6 2.5h4M6.6 2.5v4L5 9h6L9.400 6.500v-4M8 9v4.500",
  add: "M8 3.500v9M3.500 8h9",
  change: "M2.800 9.400c1.500-3.400 3.700-3.400 5.200-1.400s3.700 2 5.200-1.400",
  move: "M3 5.700h9.500M10 3l2.700 2.700L10 8.400M13 10.900H3.500M6 8.200l-2.700 2.700L6 13.600",
  delete: "M3.500 8h9",
  start: "M5.500 3.800v8.400L12 8Z",
  stop: "M4.800 4.800h6.400v6.400H4.800Z",
  arrow: "M2.500 8h10.500M9.500 4.500 13 8l-3.500 3.500",
  cross: "M4.500 4.500l7 7M11.500 4.500l-7 7",
} as const;

export type IconName = keyof typeof paths;

/** A line drawing of 16 units; says nothing to a screen reader, so words always stand beside it. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

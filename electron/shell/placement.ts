export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the popup goes on the screen's work area: centred, its top a fifth down, and always whole on the screen. */
export function placePopup(area: Rectangle, size: { readonly width: number; readonly height: number }): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  const x = area.x + Math.round((area.width - width) / 2);
  const y = Math.min(area.y + Math.round(area.height / 5), area.y + area.height - height);
  return { x, y, width, height };
}

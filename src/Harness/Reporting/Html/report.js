// Shows the values under the pointer. The page is complete without it: values are read back from the
// drawn lines and the axis ranges.
for (const area of document.querySelectorAll(".area[data-x]")) {
  const [x0, x1] = area.dataset.x.split(" ").map(Number);
  const [low, high, scale] = area.dataset.y.split(" ");
  const [y0, y1] = [Number(low), Number(high)];
  const log = scale === "log";
  const box = area.querySelector("svg").viewBox.baseVal;
  const readout = document.createElement("div");
  const hair = document.createElement("div");
  readout.className = "readout";
  hair.className = "hair";
  let lines;

  const load = () => [...area.querySelectorAll(".line")].map((path) => ({
    name: path.dataset.name,
    points: path.getAttribute("d").slice(1).replaceAll("h0", "").split(/[ML]/).map((point) => point.split(" ").map(Number)),
  }));
  const nearest = (points, x) =>
    points.reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best));
  const valueOf = (y) => {
    const place = 1 - y / box.height;
    return log ? y0 * Math.pow(y1 / y0, place) : y0 + place * (y1 - y0);
  };

  area.addEventListener("pointermove", (event) => {
    lines ??= load();
    const bounds = area.getBoundingClientRect();
    const place = Math.min(1, Math.max(0, (event.clientX - bounds.left) / bounds.width));
    const rows = [`${(x0 + place * (x1 - x0)).toFixed(3)} ${area.dataset.unitX}`];
    for (const line of lines) {
      const value = valueOf(nearest(line.points, place * box.width)[1]);
      rows.push(`${line.name}  ${value.toPrecision(3)} ${area.dataset.unitY}`);
    }

    readout.textContent = rows.join("\n");
    readout.style.left = place < 0.5 ? `calc(${place * 100}% + 10px)` : "auto";
    readout.style.right = place < 0.5 ? "auto" : `calc(${(1 - place) * 100}% + 10px)`;
    hair.style.left = `${place * 100}%`;
    area.append(hair, readout);
  });
  area.addEventListener("pointerleave", () => {
    readout.remove();
    hair.remove();
  });
}

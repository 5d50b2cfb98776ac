// Runs in the report page, from disk: plain JavaScript, text only ever as text.
(() => {
  const { runs, rows, states } = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  const words = (rate) => (rate.n === 0 ? "–" : `${percent(rate.rate)} [${percent(rate.low)} – ${percent(rate.high)}] ${rate.count}/${rate.n}`);
  const [own] = runs;

  $("subject").textContent = `${own.agent}, user “${own.user}”: ${own.cases} cases, ${own.trials} trials. ${own.command}`;

  const bar = (rate, kind) => {
    const whisker = make("b", { style: `left:${rate.low * 100}%;width:${(rate.high - rate.low) * 100}%` });
    return make("div", { class: `bar ${kind}`, "aria-hidden": "true" }, make("i", { style: `width:${rate.rate * 100}%` }), whisker);
  };
  const bars = make("dl", { class: "bars" });
  for (const run of runs) {
    bars.append(make("dt", {}, `${run.agent}: success`), make("dd", {}, bar(run.success, "")), make("dd", {}, words(run.success)));
    bars.append(make("dt", {}, `${run.agent}: harm`), make("dd", {}, bar(run.harm, "harm")), make("dd", {}, words(run.harm)));
  }
  $("chart").append(bars);

  const head = make("tr", {}, ...["Dimension", "Success", "Harm"].map((text) => make("th", { scope: "col" }, text)));
  const body = Object.entries(own.dimensions).map(([name, each]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, words(each.success)), make("td", {}, words(each.harm))));
  $("dimensions").append(make("thead", {}, head), make("tbody", {}, ...body));

  const figures = [
    ["Success", words(own.success)], ["Harm", words(own.harm)], ["Cases for the rules", words(own.byRules)], ["Plain adds", words(own.plainAdds)],
    ["Questions and refusals", words(own.asks)], ["Asks about the right thing", words(own.slots)], ["Asked needlessly", words(own.overAsk)], ["Utility", own.utility.toFixed(3)],
    ["Not right, at fault", ["rules", "model", "code", "harness"].map((who) => `${who} ${own.faults[who] ?? 0}`).join(", ")],
    ["Time of reading and saving", `median ${own.cost.ms50} ms, p95 ${own.cost.ms95} ms`],
  ];
  $("figures").append(make("tbody", {}, ...figures.map(([name, text]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, text)))));

  const drawing = (name, attributes = {}, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const curve = ({ points, area }) => {
    const last = points.at(-1);
    if (!last) return ($("risk-words").textContent = "Nothing was answered: everything was asked, refused or left alone.");
    $("risk-words").textContent = `If only readings from a confidence up were answered and the others asked about: the share of trials answered, and the share of those that is not right. All that was answered: ${percent(last.coverage)}, of which ${percent(last.risk)} not right. Area under the curve (AURC): ${percent(area)}.`;
    const [width, height, left, right, bottom] = [560, 230, 52, 28, 40];
    const step = [0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((each) => each * 4 >= Math.max(...points.map(({ risk }) => risk))) ?? 0.25;
    const most = step * 4;
    // Only the stretch that the curve covers: most answers are the rules' own and come first, all together.
    const from = Math.floor(points[0].coverage * 20 - 0.001) / 20;
    const to = Math.max(from + 0.05, Math.ceil(last.coverage * 20 + 0.001) / 20);
    const x = (coverage) => left + ((coverage - from) / (to - from)) * (width - left - right);
    const y = (risk) => 12 + (1 - risk / most) * (height - bottom - 12);
    const line = (x1, y1, x2, y2, kind) => drawing("line", { x1, y1, x2, y2, class: kind });
    const label = (at, down, anchor, text) => drawing("text", { x: at, y: down, "text-anchor": anchor }, text);
    const across = [0, 0.25, 0.5, 0.75, 1].map((part) => from + part * (to - from));
    const grid = [0, 1, 2, 3, 4].flatMap((n) => [line(left, y(n * step), width - right, y(n * step), "grid"), label(left - 8, y(n * step) + 4, "end", percent(n * step)), label(x(across[n]), height - bottom + 18, "middle", percent(across[n]))]);
    const path = points.map((point, at) => `${at === 0 ? "M" : "L"}${x(point.coverage).toFixed(1)},${y(point.risk).toFixed(1)}`).join("");
    const dots = points.length > 30 ? [] : points.map((point) => drawing("circle", { cx: x(point.coverage), cy: y(point.risk), r: 3.5 }, drawing("title", {}, `from ${point.confidence.toFixed(2)} up: answers ${percent(point.coverage)}, ${percent(point.risk)} of them not right`)));
    $("risk").append(drawing("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "risk-title risk-words", class: "curve" }, ...grid, label((left + width - right) / 2, height - 4, "middle", "share of trials answered"), drawing("path", { d: path }), ...dots));
    const cells = (tag, texts) => texts.map((text, at) => make(at === 0 ? "th" : tag, { scope: at === 0 && tag === "td" ? "row" : "col" }, text));
    $("risk-table").append(make("thead", {}, make("tr", {}, ...cells("th", ["Confidence from", "Answered", "Of those not right"]))), make("tbody", {}, ...points.map((point) => make("tr", {}, ...cells("td", [point.confidence.toFixed(3), percent(point.coverage), percent(point.risk)])))));
  };
  curve(own.risk);

  const fill = (select, values, all) => select.append(make("option", { value: "" }, all), ...[...new Set(values)].sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((value) => make("option", { value }, value)));
  fill($("dimension"), rows.map((row) => row.dimension), "all");
  fill($("label"), rows.map((row) => row.label), "all");
  $("label").prepend(make("option", { value: "!" }, "not right"));
  fill($("fault"), rows.flatMap((row) => row.fault ?? []), "all");
  fill($("variant"), rows.map((row) => row.variant), "all");

  let shown = [];
  let at = -1;
  const tone = (row) => (row.harm ? "harm-text" : row.success ? "ok" : "off");

  const marked = ({ text, marks }) => {
    const line = make("p", { class: "say" });
    let from = 0;
    for (const { start, end, role } of [...marks].sort((a, b) => a.start - b.start)) {
      line.append(text.slice(from, start), make("mark", { "data-role": role }, text.slice(start, end)));
      from = end;
    }
    line.append(text.slice(from));
    return line;
  };

  const detail = (row) => {
    const state = states[rows.indexOf(row)];
    const parts = [make("h3", {}, `${row.id} `, make("span", { class: tone(row) }, row.harm ? row.harms.join(", ") : row.label))];
    const add = (title, ...content) => parts.push(make("h4", {}, title), ...content);
    add("Said", ...row.said.map((text) => make("p", { class: "say" }, text)));
    if (row.trace) {
      add(`Words and what they served (read by the ${row.trace.by === "model" ? "model" : "rules"})`, marked(row.trace));
      add("Plan", make("pre", {}, row.trace.operations.map((each) => JSON.stringify(each)).join("\n") || "(nothing)"));
      if (row.trace.because.length > 0) add("Because", make("ul", {}, ...row.trace.because.map((text) => make("li", {}, text))));
    }
    add("Expected", make("pre", {}, `${row.expect.outcome.join(" or ")}${row.expect.about ? ` about ${row.expect.about.join(" or ")}` : ""}${row.expect.answerHas.length > 0 ? ` with ${row.expect.answerHas.join(", ")}` : ""}\n${state.wanted}`));
    add("Actual", make("pre", {}, `${row.outcome}${row.about ? ` about ${row.about}` : ""}\n${row.error ?? state.got}`));
    if (row.calls.length > 0) add("Sent", make("pre", {}, row.calls.map((call) => `${call.method} ${call.path} → ${call.status || "the line broke"}`).join("\n")));
    if (row.fault) add("At fault", make("p", {}, { code: "Our code: what is meant cannot be carried out", model: "The model: what it heard is not what is meant", rules: "The rules: they read it, and no model was asked" }[row.fault]));
    add("Cost", make("p", { class: "soft" }, `${row.ms} ms, ${row.evaluatedTokens} tokens evaluated, ${row.generatedTokens} generated`));
    $("detail").replaceChildren(...parts);
  };

  const select = (index) => {
    if (shown.length === 0) return $("detail").replaceChildren(make("p", { class: "soft" }, "No case fits."));
    at = Math.max(0, Math.min(shown.length - 1, index));
    const items = $("list").children;
    for (const item of items) item.setAttribute("aria-selected", "false");
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    $("list").setAttribute("aria-activedescendant", items[at].id);
    detail(shown[at]);
  };

  const draw = () => {
    const [find, dimension, label, fault, variant] = ["find", "dimension", "label", "fault", "variant"].map((id) => $(id).value);
    const low = find.toLowerCase();
    shown = rows.filter((row) => (low === "" || `${row.id} ${row.said.join(" ")}`.toLowerCase().includes(low)) && (dimension === "" || row.dimension === dimension) && (variant === "" || row.variant === variant) && (fault === "" || row.fault === fault) && (label === "" || (label === "!" ? !row.success : row.label === label)));
    $("count").textContent = `${shown.length} of ${rows.length}`;
    $("list").replaceChildren(...shown.map((row, index) => {
      const item = make("li", { role: "option", id: `case-${index}`, "aria-selected": "false" }, row.said[0] ?? "", make("small", {}, `${row.id} · `, make("span", { class: tone(row) }, row.harm ? `harm: ${row.harms.join(", ")}` : row.label)));
      item.addEventListener("click", () => select(index));
      return item;
    }));
    select(0);
  };

  $("list").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    select(at + step);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    $("find").focus();
  });
  $("filter").addEventListener("input", draw);
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  $("label").value = rows.some((row) => !row.success) ? "!" : "";
  draw();
})();

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

  const fill = (select, values, all) => select.append(make("option", { value: "" }, all), ...[...new Set(values)].sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((value) => make("option", { value }, value)));
  fill($("dimension"), rows.map((row) => row.dimension), "all");
  fill($("label"), rows.map((row) => row.label), "all");
  $("label").prepend(make("option", { value: "!" }, "not right"));
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
    const [find, dimension, label, variant] = ["find", "dimension", "label", "variant"].map((id) => $(id).value);
    const low = find.toLowerCase();
    shown = rows.filter((row) => (low === "" || `${row.id} ${row.said.join(" ")}`.toLowerCase().includes(low)) && (dimension === "" || row.dimension === dimension) && (variant === "" || row.variant === variant) && (label === "" || (label === "!" ? !row.success : row.label === label)));
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

"use strict";
// Sorts and filters the tables of the page. It reads and moves what stands there: no text of a
// report is ever taken for markup, and nothing is fetched or kept.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.hasAttribute("data-value") ? Number(cell.getAttribute("data-value")) : cell.textContent;
  };
  const compare = (one, other) => {
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one === "number") return -1;
    if (typeof other === "number") return 1;
    return one.localeCompare(other, "zh");
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort((a, b) => (down ? -1 : 1) * compare(value(a, column), value(b, column)));
      body.append(...rows);
    });
  });
  const filters = document.getElementById(table.getAttribute("data-filters"));
  if (!filters) continue;
  filters.hidden = false;
  const words = filters.querySelector("input");
  const choices = Array.from(filters.querySelectorAll("select"));
  for (const choice of choices) {
    const column = Number(choice.getAttribute("data-column"));
    const known = new Set(rows.map((row) => row.cells[column].textContent));
    for (const each of Array.from(known).sort((a, b) => a.localeCompare(b, "zh"))) {
      if (each) choice.add(new Option(each, each));
    }
  }
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const show = () => {
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row) => {
      const fits = choices.every((choice) => !choice.value ||
        row.cells[Number(choice.getAttribute("data-column"))].textContent === choice.value);
      const isIn = fits && asked.every((word) => texts.get(row).includes(word));
      row.classList.toggle("out", !isIn);
      count += isIn;
    });
    filters.querySelector("output").textContent = count.toLocaleString("en");
  };
  words.addEventListener("input", show);
  filters.addEventListener("change", show);
  show();
}

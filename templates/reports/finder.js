"use strict";
for (const table of document.querySelectorAll("table.stack")) {
  const bodies = [...table.tBodies];
  const rows = bodies.flatMap(body => [...body.rows].filter(row => !row.classList.contains("group")));
  const isParted = bodies.some(body => body.querySelectorAll(".group").length > 1);
  if (rows.length < LONG || !table.tHead || isParted || rows.some(row => [...row.cells].some(cell => cell.rowSpan > 1))) continue;
  const bar = document.getElementById("finder").content.firstElementChild.cloneNode(true);
  const [filter, sort, told] = [bar.querySelector("input"), bar.querySelector("select"), bar.querySelector("span")];
  const heads = [...table.tHead.rows[0].cells];
  const collator = new Intl.Collator(document.documentElement.lang, {numeric: true});
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const order = new Map(rows.map((row, place) => [row, place]));
  const text = row => row ? [...row.cells].map(cell => cell.textContent).join(" ") : "";
  const words = new Map(rows.map(row => [row, plain(`${text(row.parentElement.querySelector(".group"))} ${text(row)}`)]));
  const keyOf = cell => {
    const text = cell ? cell.textContent.trim() : "";
    const day = /^(\d\d)\/(\d\d)\/(\d{4})(.*)$/.exec(text);
    if (day) return day[3] + day[2] + day[1] + day[4];
    const month = /^(\d\d)\/(\d{4})$/.exec(text);
    if (month) return month[2] + month[1];
    const number = /^[-−]?\d+(?:[.,]\d+)?(?=\s*%?$)/.exec(text);
    return number ? Number(number[0].replace("−", "-").replace(",", ".")) : text === "–" ? "" : text;
  };
  const compared = (one, other) =>
    one === "" || other === "" ? (one === "") - (other === "")
    : typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
  const show = () => {
    const asked = plain(filter.value).split(/\s+/).filter(Boolean);
    let seen = 0;
    for (const row of rows) {
      row.hidden = !asked.every(word => words.get(row).includes(word));
      seen += !row.hidden;
    }
    for (const body of bodies) body.hidden = [...body.rows].every(row => row.hidden || row.classList.contains("group"));
    told.textContent = asked.length ? `${seen}/${rows.length}` : "";
  };
  const arrange = () => {
    const [column, turn] = sort.value.split(" ");
    const keys = new Map(rows.map(row => [row, column ? keyOf(row.cells[column]) : order.get(row)]));
    for (const body of bodies) {
      const own = [...body.rows].filter(row => keys.has(row));
      own.sort((one, other) => {
        const [a, b] = [keys.get(one), keys.get(other)];
        return (a === "" || b === "" ? 1 : turn === "down" ? -1 : 1) * compared(a, b) || order.get(one) - order.get(other);
      });
      body.append(...own);
    }
    heads.forEach((head, place) => {
      if (String(place) === column) head.setAttribute("aria-sort", turn === "down" ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, place) => {
    for (const [turn, arrow] of [["up", "↑"], ["down", "↓"]]) sort.add(new Option(`${head.textContent.trim()} ${arrow}`, `${place} ${turn}`));
    head.addEventListener("click", () => {
      sort.value = sort.value === `${place} up` ? `${place} down` : `${place} up`;
      arrange();
    });
  });
  filter.addEventListener("input", show);
  sort.addEventListener("change", arrange);
  if (table.caption) bar.setAttribute("aria-label", table.caption.textContent.trim());
  table.before(bar);
  table.classList.add("sortable");
}

"use strict";
(() => {
  const rows = [...document.querySelectorAll("#rows tbody > tr, #rows li")];
  const field = document.getElementById("words"), told = document.getElementById("found");
  const bare = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  let index;
  const look = () => {
    index ??= rows.map(row => bare([row.dataset.words, ...Array.from(row.children, cell => cell.textContent)].join(" ")));
    const words = bare(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    index.forEach((text, place) => {
      const fits = words.every(word => text.includes(word));
      rows[place].hidden = !fits;
      count += fits;
    });
    told.textContent = words.length ? (count ? `${told.dataset.some} ${count}` : told.dataset.none) : "";
  };
  document.getElementById("search").hidden = false;
  field.addEventListener("input", look);
  if (field.value) look();
  field.focus();
})();

"use strict";
(() => {
  const index = JSON.parse(document.getElementById("index").textContent);
  const rows = document.querySelectorAll("#rows tbody > tr, #rows li");
  const field = document.getElementById("words"), told = document.getElementById("found");
  const bare = text => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const look = () => {
    const words = bare(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    index.forEach((text, place) => {
      const fits = words.every(word => text.includes(word));
      if (rows[place]) rows[place].hidden = !fits;
      count += fits;
    });
    told.textContent = words.length ? (count ? `${told.dataset.some} ${count}` : told.dataset.none) : "";
  };
  document.getElementById("search").hidden = false;
  field.addEventListener("input", look);
  look();
  field.focus();
})();

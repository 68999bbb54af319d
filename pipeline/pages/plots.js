"use strict";
// Whoever points at a party of the network, or taps it, sees it with its partners alone; the table below says the same in words.
const network = document.querySelector(".chart.network");
const ties = [...network.querySelectorAll(".tie")];
const parties = [...network.querySelectorAll(".party")];
let kept = null;

function show(party) {
  const near = new Set([party]);
  for (const { dataset } of ties) {
    if (dataset.a === party) near.add(dataset.b);
    if (dataset.b === party) near.add(dataset.a);
  }
  for (const tie of ties) tie.classList.toggle("faded", party !== null && tie.dataset.a !== party && tie.dataset.b !== party);
  for (const one of parties) one.classList.toggle("faded", party !== null && !near.has(one.dataset.party));
}

for (const one of parties) {
  one.addEventListener("pointerenter", () => show(one.dataset.party));
  one.addEventListener("pointerleave", () => show(kept));
  one.addEventListener("click", () => {
    kept = kept === one.dataset.party ? null : one.dataset.party;
    show(kept);
  });
}

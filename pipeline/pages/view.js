"use strict";
// Boxes hide a layer, in the text and in the list; a mark leads to its finding, as a finding's link leads to its mark.
for (const box of document.querySelectorAll("fieldset input")) {
  const show = () => {
    for (const mark of document.querySelectorAll(`mark.${box.value}`)) {
      mark.classList.toggle("off", !box.checked);
      if (box.checked) mark.tabIndex = 0;
      else mark.removeAttribute("tabindex");
    }
    for (const section of document.querySelectorAll(`section.${box.value}`)) section.hidden = !box.checked;
  };
  box.addEventListener("change", show);
  // A browser may bring back what was ticked.
  show();
}

function follow(event) {
  const mark = event.target.closest("mark:not(.off)");
  const finding = mark && document.getElementById(mark.dataset.finding);
  if (!finding || (event.type === "keydown" && event.key !== "Enter") || String(getSelection())) return;
  event.preventDefault();
  location.hash = finding.id;
  finding.focus();
}

document.querySelector("article").addEventListener("click", follow);
document.querySelector("article").addEventListener("keydown", follow);

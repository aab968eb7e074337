// Gives the admin's searching fields (Select2) the name of their label, which they lack for a screen reader.

function nameFields() {
  for (const container of document.querySelectorAll(".select2-container")) {
    const select = container.previousElementSibling;
    const label = select?.labels?.[0]?.textContent.replace(/\s*:\s*$/, "").trim();
    if (!label) continue;
    for (const part of container.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]")) {
      part.setAttribute("aria-label", label);
      part.removeAttribute("aria-labelledby");
    }
    // Its list also holds a button and a field: only its choices are items.
    container.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
    for (const item of container.querySelectorAll("ul.select2-selection__rendered > li")) item.setAttribute("role", "presentation");
  }
}

// They come after this script, with each row that is added, and draw themselves again at each choice.
new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });

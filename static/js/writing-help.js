// Says beside each field of an entry what the rules of writing find in it, as it is typed; above them, what the rules
// find in no field alone.
// Without this script the findings stand at the end of the form, for the text as it was last saved.

const PAUSE = 800; // milliseconds without a keystroke before asking
const marker = document.querySelector("[data-writing-help]");
const form = marker?.closest("form");

if (form?.querySelector("textarea")) {
  let timer = 0;
  let request = null;

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();

  async function ask() {
    request?.abort();
    request = new AbortController();
    try {
      const response = await fetch(marker.dataset.writingHelp, {
        method: "POST",
        body: new FormData(form),
        signal: request.signal,
      });
      if (response.ok) show((await response.json()).findings);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  }

  function show(findings) {
    for (const list of form.querySelectorAll(".oups-advice")) list.remove();
    for (const { field, message } of findings) {
      const item = document.createElement("li");
      item.textContent = message;
      listOf(form.elements[field]).append(item);
    }
  }

  function listOf(input) {
    const id = `${input ? input.id : "entry"}_advice`;
    let list = document.getElementById(id);
    if (list) return list;
    list = document.createElement("ul");
    list.id = id;
    list.className = "oups-advice";
    if (input) {
      input.after(list);
      describe(input, id);
    } else {
      marker.append(list);
    }
    return list;
  }

  // A screen reader says the findings of a field with the field itself.
  function describe(input, id) {
    const known = (input.getAttribute("aria-describedby") ?? "").split(" ");
    if (!known.includes(id)) input.setAttribute("aria-describedby", [...known, id].join(" ").trim());
  }
}

// Completes a search field: a list the arrow keys walk through, after the ARIA pattern of an editable combobox.
// Without this script the form simply submits.

const SHORTEST = 2;
const PAUSE = 150; // milliseconds without a keystroke before asking
const cache = new Map();

for (const form of document.querySelectorAll("form[data-suggestions]")) {
  enhance(form, form.elements.q);
}

function enhance(form, input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let active = -1;
  let timer = 0;
  let request = null;

  list.id = `${input.id}-suggestions`;
  list.className = "oups-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "fr-sr-only";
  status.setAttribute("role", "status");
  form.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map((text, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        return option;
      }),
    );
    close();
    const count = suggestions.length;
    list.hidden = count === 0;
    input.setAttribute("aria-expanded", String(count > 0));
    status.textContent = count > 1 ? `${count} suggestions, flèches pour choisir` : count ? "1 suggestion" : "";
  }

  function activate(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (index + list.children.length) % list.children.length;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function choose(option) {
    input.value = option.textContent;
    close();
    form.requestSubmit();
  }

  async function ask(words) {
    request?.abort();
    if (words.length < SHORTEST) {
      return show([]);
    }
    if (!cache.has(words)) {
      request = new AbortController();
      try {
        const address = `${form.dataset.suggestions}?q=${encodeURIComponent(words)}`;
        const response = await fetch(address, { signal: request.signal });
        if (!response.ok) {
          return show([]);
        }
        cache.set(words, (await response.json()).suggestions);
      } catch {
        return undefined; // aborted by the next keystroke, or no network: the form still works
      }
    }
    return document.activeElement === input ? show(cache.get(words)) : undefined;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(input.value.trim().toLowerCase()), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      activate(active + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      activate(active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    }
  });
  input.addEventListener("blur", close);
  // Before the blur, which would close the list under the pointer.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(option);
    }
  });
}

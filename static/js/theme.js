// The reader's choice of colours, kept on their device. Without it, the page follows the system, by CSS alone.

const KEY = "oups-theme";
const root = document.documentElement;

function apply(choice) {
  if (choice === "light" || choice === "dark") {
    root.dataset.frTheme = choice;
  } else {
    delete root.dataset.frTheme;
  }
}

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system"; // storage refused: the system's colours
  }
}

function store(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // the choice lasts as long as the page
  }
}

apply(stored());

const form = document.querySelector("[data-theme-choice]");
if (form) {
  form.hidden = false;
  form.elements.theme.value = stored();
  form.addEventListener("change", () => {
    apply(form.elements.theme.value);
    store(form.elements.theme.value);
  });
}

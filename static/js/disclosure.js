// On a wide screen the filters stand open beside the results; without this script, one press opens them.

if (matchMedia("(min-width: 62rem)").matches) {
  for (const details of document.querySelectorAll("[data-open-on-wide-screen]")) {
    details.open = true;
  }
}

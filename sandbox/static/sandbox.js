"use strict";
document.querySelectorAll("[data-card]").forEach((button) => {
  button.addEventListener("click", () => {
    document.getElementById("number").value = button.dataset.card.replace(/(\d{4})(?=\d)/g, "$1 ");
    document.getElementById("expiry").value = "12/39";
    document.getElementById("code").value = button.dataset.code;
    const name = document.getElementById("name");
    if (!name.value) name.value = "TEST PAYER";
    window.scrollTo({ top: 0 });
  });
});
document.querySelectorAll("[data-close]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.close();
  });
});

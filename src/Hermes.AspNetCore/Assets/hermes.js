// Numbers that live. Without it, every page works and is loaded again by hand.
"use strict";

const shown = [...document.querySelectorAll("[data-live]")].filter(element => element.dataset.live);
if (shown.length > 0) {
  const events = new EventSource("api/v1/events");
  events.addEventListener("status", event => {
    const status = JSON.parse(event.data);
    for (const element of shown) {
      const [list, name, member] = element.dataset.live.split("/");
      const value = status[list].find(item => item.name === decodeURIComponent(name))?.[member];
      if (value !== undefined && element.textContent !== String(value)) element.textContent = value ?? "";
    }
  });
  addEventListener("pagehide", () => events.close());
}

const operation = document.querySelector("[data-operation]")?.dataset.operation;
if (operation) {
  const look = async () => {
    const answer = await fetch(operation);
    const status = answer.ok ? await answer.json() : null;
    if (status?.state !== "Running") return location.reload();
    for (const element of document.querySelectorAll("[data-member]")) {
      const value = status[element.dataset.member];
      if (element instanceof HTMLProgressElement) element.value = value;
      else if (value !== null) element.textContent = value;
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}

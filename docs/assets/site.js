// The theme's search box has the role of a dialog and no name: give it one, for those who hear the page.
document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");

// The commands of a shell's or of Python's session, without prompts and output; "" when there are none.
function commandsOf(shown, prompts) {
  const commands = [];
  let goesOn = false; // a shell command goes on in the next line after a backslash
  for (const line of shown.split("\n")) {
    const prompt = prompts.find((start) => `${line} `.startsWith(start));
    if (prompt || goesOn) commands.push(prompt ? line.slice(prompt.length) : line);
    goesOn = prompts.includes("$ ") && Boolean(prompt || goesOn) && line.endsWith("\\");
  }
  return commands.join("\n");
}

// Before the theme copies a session, hand it the commands alone.
document.addEventListener(
  "click",
  ({ target }) => {
    const button = target.closest?.("[data-clipboard-target]");
    const session = button?.closest(".language-console, .language-pycon");
    if (!session) return;
    const prompts = session.matches(".language-console") ? ["$ "] : [">>> ", "... "];
    const commands = commandsOf(session.querySelector("code").textContent, prompts);
    if (commands) button.setAttribute("data-clipboard-text", commands);
  },
  true,
);

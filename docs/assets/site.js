// The theme's search box has the role of a dialog and no name: give it one, for those who hear the page.
document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");

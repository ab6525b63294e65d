(() => {
  "use strict";
  const PAPER = 660; // px of an A4 page between its margins
  const WIDE = 650; // px from which names fit beside the dots of a stakeholder matrix
  const charts = [...document.querySelectorAll(".kafe-chart")];
  let printing = false;

  const ink = () =>
    printing ? "#000000" : getComputedStyle(document.body).getPropertyValue("color");

  function layoutOf(chart, layout) {
    const width = printing ? PAPER : chart.clientWidth;
    const wide = width >= WIDE;
    return {
      ...layout,
      font: { ...layout.font, color: ink() },
      annotations: (layout.annotations || [])
        .filter((note) => wide || note.name !== "kafe-wide")
        .map((note) =>
          printing && note.name === "kafe-wide" ? { ...note, font: { ...note.font, size: 9 } } : note,
        ),
      ...(printing ? { width: PAPER, autosize: false } : { autosize: true }),
    };
  }

  function draw(chart) {
    const source = document.getElementById(chart.id.replace("-tegning", "-data"));
    const { data, layout } = JSON.parse(source.textContent);
    chart.dataset.drawn = chart.clientWidth;
    Plotly.react(chart, data, layoutOf(chart, layout), {
      displayModeBar: false,
      displaylogo: false,
      showSendToCloud: false,
      responsive: true,
      scrollZoom: false,
      doubleClick: false,
    });
  }

  const redraw = () => charts.filter((chart) => chart.dataset.drawn).forEach(draw);

  const near = new IntersectionObserver(
    (entries) =>
      entries
        .filter((entry) => entry.isIntersecting)
        .forEach((entry) => {
          near.unobserve(entry.target);
          draw(entry.target);
        }),
    { rootMargin: "600px" },
  );
  charts.forEach((chart) => near.observe(chart));

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  let opened = [];
  addEventListener("beforeprint", () => {
    printing = true;
    opened = [...document.querySelectorAll(".kafe-figure details:not([open]), footer details:not([open])")];
    opened.forEach((details) => { details.open = true; });
    charts.forEach(draw);
  });
  addEventListener("afterprint", () => {
    printing = false;
    opened.forEach((details) => { details.open = false; });
    charts.forEach(draw);
  });

  const contents = document.querySelector(".contents details");
  const sidebar = matchMedia("(min-width: 64rem)");
  const place = () => { if (contents) contents.open = sidebar.matches; };
  place();
  sidebar.addEventListener("change", () => { place(); redraw(); });
})();

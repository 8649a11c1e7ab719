// Maps of neighborhoods. The pages say the same in words and lists; a map only adds to them.
"use strict";

const FEW = 12; // so many have room for their names
const CHOSEN = { color: "#98341b", weight: 3, fillOpacity: 0.25 };

// The form that asks who serves a place, filled by the map or the phone; nothing of it goes into an address.
const asking = document.querySelector("[data-find-by-place]");
const ask = (latitude, longitude) => {
  const form = document.getElementById(asking.dataset.findByPlace);
  form.elements.latitude.value = latitude;
  form.elements.longitude.value = longitude;
  form.requestSubmit();
};

const named = (properties) => {
  const label = document.createElement(properties.url ? "a" : "span");
  label.textContent = properties.name;
  if (properties.url) {
    label.href = properties.url;
  }
  return label;
};

const draw = async (box) => {
  const answer = await fetch(box.dataset.neighborhoodMap);
  if (!answer.ok) {
    throw new Error(answer.statusText);
  }
  const data = await answer.json();
  const { only } = box.dataset;
  const few = data.features.length <= FEW;
  const plain = { color: "#0e4f5c", weight: few ? 2 : 1, fillOpacity: 0.12 };
  box.hidden = false;
  const map = L.map(box, { scrollWheelZoom: false, attributionControl: false, zoomSnap: 0.25 });
  const layer = L.geoJSON(data, {
    style: (feature) => (only && feature.properties.code === only ? CHOSEN : plain),
    interactive: !asking,
    onEachFeature: (feature, shape) => {
      if (few) {
        const name = named({ name: feature.properties.name });
        shape.bindTooltip(name, { permanent: true, direction: "center", className: "map-label" });
      }
      if (!asking) {
        shape.bindPopup(() => named(feature.properties));
      }
    },
  }).addTo(map);
  let bounds = layer.getBounds();
  layer.eachLayer((shape) => {
    if (only && shape.feature.properties.code === only) {
      bounds = shape.getBounds();
      shape.bringToFront();
    }
  });
  map.fitBounds(bounds, { padding: [16, 16], animate: false });
  if (asking) {
    map.on("click", ({ latlng }) => ask(latlng.lat, latlng.lng));
  }
};

const box = document.querySelector("[data-neighborhood-map]");
if (asking) {
  asking.hidden = false;
  const button = asking.querySelector("[data-my-place]");
  const status = asking.querySelector("[data-place-status]");
  button.hidden = !navigator.geolocation;
  button.addEventListener("click", () => {
    status.textContent = status.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => ask(coords.latitude, coords.longitude),
      () => (status.textContent = status.dataset.failed),
      { timeout: 15000, maximumAge: 60000 },
    );
  });
}
if (box) {
  draw(box).catch(() => {
    box.hidden = true;
    document.querySelector("[data-map-error]").hidden = false;
  });
}

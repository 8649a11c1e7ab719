"""Building blocks that know no area: who looks, who may, what is recorded, told, shown and kept."""

"""One row of a benchmark: what each target took in each repeat, and how that compares."""

import statistics
from dataclasses import dataclass, field

SLUICE, NGINX, DIRECT = "Sluice", "nginx", "direct"


def percentile(values: list[float], part: float) -> float:
    """Return the value below which *part* of *values* lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


@dataclass
class Row:
    """Figures by target, one a repeat; Sluice's are also told as ratios to those of *over*."""

    what: str
    unit: str
    hold: str = ""
    """What the design says is to hold."""
    over: str = NGINX
    taken: dict[str, list[float]] = field(default_factory=dict)
    less_is_better: bool = True

    def add(self, name: str, value: float) -> None:
        """Take the figure of one repeat."""
        self.taken.setdefault(name, []).append(value)

    def ratios(self, name: str) -> tuple[float, float, float] | None:
        """Return the smallest, middle and largest ratio of Sluice's figures to *name*'s."""
        pairs = zip(self.taken.get(SLUICE, []), self.taken.get(name, []), strict=False)
        each = [ours / theirs for ours, theirs in pairs if theirs > 0]
        return (min(each), statistics.median(each), max(each)) if each else None

    def middle(self, name: str) -> str:
        """Return the median of *name*'s figures in words."""
        values = self.taken.get(name)
        return "–" if not values else number(statistics.median(values))

    def value(self) -> dict[str, object]:
        """Return the row for other programs."""
        names = [name for name in self.taken if name != SLUICE]
        ratios = {name: self.ratios(name) for name in names}
        return {
            "what": self.what,
            "unit": self.unit,
            "hold": self.hold,
            "taken": self.taken,
            "ratio_min_median_max": {name: each for name, each in ratios.items() if each},
        }


def number(value: float) -> str:
    """Return *value* with two or three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2g}"


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table, a column for each target."""
    names: list[str] = []
    for row in rows:
        names += [name for name in row.taken if name not in names]
    names.sort(key=lambda name: ([DIRECT, NGINX, SLUICE].index(name)) if name in FIRST else 3)
    lines = [
        f"| | {' | '.join(names)} | Sluice's ratio: least, median, most | to hold |",
        f"|---|{'---|' * (len(names) + 2)}",
    ]
    for row in rows:
        ratios = row.ratios(row.over)
        told = "–"
        if ratios:
            least, middle, most = map(number, ratios)
            told = f"{least}, **{middle}**, {most} × {row.over}"
        cells = " | ".join(row.middle(name) for name in names)
        lines.append(f"| {row.what}, {row.unit} | {cells} | {told} | {row.hold or '–'} |")
    return "\n".join(lines)


FIRST = frozenset({DIRECT, NGINX, SLUICE})

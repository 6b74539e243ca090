"""The ratios as a picture: bars, as an SVG."""

from collections.abc import Mapping, Sequence
from html import escape
from statistics import median

COLOURS = ("#8a8f98", "#2f6f9f", "#9bc1dd")
WIDTH, LEFT, BAR, GAP = 760, 250, 16, 22


def drawn(title: str, groups: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """Return one group of bars for each variant; a bar is as long as its median, and a line shows its spread."""
    widest = max(max(values) for bars in groups.values() for values in bars.values())
    scale = (WIDTH - LEFT - 70) / widest
    parts, y = [], 40
    for group, bars in groups.items():
        parts.append(_text(10, y + BAR, group, weight="bold"))
        for (name, values), colour in zip(bars.items(), COLOURS, strict=False):
            parts.append(_bar(y, name, values, colour, scale))
            y += BAR + 4
        y += GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 4}" font-family="sans-serif">'
    back = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([head, back, _text(10, 22, title, size=14, weight="bold"), *parts, "</svg>", ""])


def _bar(y: int, name: str, values: Sequence[float], colour: str, scale: float) -> str:
    middle, low, high = (LEFT + scale * value for value in (median(values), min(values), max(values)))
    return (
        f'<rect x="{LEFT}" y="{y}" width="{middle - LEFT:.1f}" height="{BAR}" fill="{colour}"/>'
        f'<path d="M{low:.1f} {y + BAR / 2}H{high:.1f}" stroke="#222"/>'
        + _text(LEFT - 8, y + BAR - 4, name, anchor="end")
        + _text(int(max(middle, high)) + 6, y + BAR - 4, f"{median(values):.2f}")
    )


def _text(x: int, y: int, text: str, *, size: int = 11, weight: str = "normal", anchor: str = "start") -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" {style} fill="#222">{escape(text)}</text>'

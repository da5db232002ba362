"""The table that the bench prints: a row a comparison."""

from dataclasses import dataclass

from measure import Cost

HEADINGS = ("what / beside what", "wall s", "CPU s", "peer wall", "peer CPU", "ratio", "limit", "")
WIDTHS = (56, 8, 8, 10, 9, 12, 9, 12)


@dataclass(frozen=True)
class Row:
    """`ratio` is judged against `limit`; `at_least` turns the limit round, `judged` False only shows it."""

    name: str
    ours: Cost
    peer: Cost
    ratio: float
    of: str
    limit: float
    at_least: bool = False
    judged: bool = True

    @property
    def verdict(self):
        if not self.judged:
            return "no limit here"
        holds = self.ratio >= self.limit if self.at_least else self.ratio <= self.limit
        return "holds" if holds else "FALLS SHORT"


def print_table(rows):
    _print(HEADINGS)
    for row in rows:
        sign = ">=" if row.at_least else "<="
        _print(
            (
                row.name,
                *(f"{value:.2f}" for value in (row.ours.wall, row.ours.cpu, row.peer.wall, row.peer.cpu)),
                f"{row.ratio:.3f} {row.of}",
                f"{sign} {row.limit:g}",
                row.verdict,
            ),
        )


def _print(cells):
    print(cells[0].ljust(WIDTHS[0]) + "".join(c.rjust(w) for c, w in zip(cells[1:-1], WIDTHS[1:])) + "  " + cells[-1])

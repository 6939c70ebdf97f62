"""What a picture looks like in 64 bits: near-equal for near-equal pictures, whatever their file, size or quality."""

from PIL import Image

# One bit for each step from a cell to its right neighbour: 8 rows of 9 cells (a difference hash).
COLUMNS, ROWS = 9, 8


def fingerprint(picture: Image.Image) -> str:
    """The fingerprint of a picture as seen (upright, no transparency), 16 hexadecimal digits."""
    cells = picture.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(ROWS):
        for column in range(COLUMNS - 1):
            place = row * COLUMNS + column
            bits = bits << 1 | (cells[place] < cells[place + 1])
    return f"{bits:016x}"


def distance(a: str, b: str) -> int:
    """How many of the 64 bits differ: 0 for the same picture, about 32 for two that have nothing in common."""
    return (int(a, 16) ^ int(b, 16)).bit_count()

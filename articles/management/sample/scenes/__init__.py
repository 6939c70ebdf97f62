"""Every scene of the sample by name: the function that draws it, and its size in pixels."""

from . import evenings, fields, harbour, heights, river, rooms, squares, streets

SCENES = {
    name: scene
    for part in (harbour, river, fields, heights, streets, squares, rooms, evenings)
    for name, scene in part.SCENES.items()
}

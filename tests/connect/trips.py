"""There and back: settings put into a text and taken out again, in the order of an undo."""

from collections.abc import Sequence

from trayapp.connect.edit import Place
from trayapp.connect.patch import Form


def there(form: Form, text: str, *settings: tuple[Place, str]) -> str:
    """*text* with all settings."""
    for place, value in settings:
        text, _ = form.put(text, place, value)
        found = form.find(text, place)
        assert found is not None
        assert found.value == value
    return text


def there_and_back(form: Form, text: str, settings: Sequence[tuple[Place, str]]) -> str:
    """*text* after all *settings* were put in, and taken out in the reverse order."""
    original, steps = text, []
    for place, value in settings:
        text, trace = form.put(text, place, value)
        steps.append((place, trace))
    for place, trace in reversed(steps):
        if not trace.replaced:
            text = form.take(text, place, trace)
            continue
        now, before = form.find(text, place), form.find(original, place)
        assert now is not None
        assert before is not None
        text = text[: now.start] + original[before.start : before.end] + text[now.end :]
    return text

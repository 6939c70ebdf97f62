"""Waiting in a browser for what comes by itself: a script is asked again and again until it says yes."""

PATIENCE = 60  # seconds; a busy machine is slow, and what is broken never comes


def until(page, script: str, given=None) -> None:
    """Return once `script`, a function that may be async, gives something true for `given`."""
    # Playwright's own `wait_for_function` takes the promise of an answer for the answer.
    asking = f"""async (given) => {{
        const ask = {script};
        const end = Date.now() + {PATIENCE * 1000};
        while (Date.now() < end) {{
            if (await ask(given)) return true;
            await new Promise((done) => setTimeout(done, 100));
        }}
        return false;
    }}"""
    assert page.evaluate(asking, given), f"It never came: {given}"

"""Reads the content credentials of one file with c2pa's own library: a program of its own, that `credentials` starts.

The file is its standard input; its arguments are the media type and, if somebody is trusted, a file of certificates.
It writes what it found as JSON, cut to what a page can show. It imports nothing of the newsroom, asks nothing of the
network, and may die of a hostile file without anybody else noticing.
"""

import contextlib
import json
import sys
from importlib import import_module
from pathlib import Path

MEMORY = 1 << 30  # bytes of addresses; the library maps some hundred megabytes of its own
SECONDS = 10  # of a processor
LONGEST = 200  # characters of a text
MOST = 40  # actions, ingredients, problems
MOST_MANIFESTS = 200
CREATED = "c2pa.created"
# How the IPTC NewsCodes, and their twins in C2PA's own vocabulary, call what generative AI had a part in.
AI = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic", "trainedAlgorithmicData")
SETTINGS = {
    "core": {
        "allowed_network_hosts": [],
        "allow_redirects": False,
        "decode_identity_assertions": False,
        "max_decompressed_manifest_size_in_mb": 16,
    },
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True, "verify_after_reading": True},
}


def summary(store: dict, state: str) -> dict:
    """What a page shows of a manifest store that the library read: its active manifest, and where that came from."""
    manifests = store.get("manifests") or {}
    active = manifests.get(store.get("active_manifest")) or {}
    signature = active.get("signature_info") or {}
    results = store.get("validation_results") or {}
    failures = list((results.get("activeManifest") or {}).get("failure") or [])
    for delta in results.get("ingredientDeltas") or []:
        failures += (delta.get("validationDeltas") or {}).get("failure") or []
    codes = (text(failure.get("code")) for failure in failures)
    return {
        "state": {"Trusted": "trusted", "Valid": "valid"}.get(state, "invalid"),
        "signer": text(signature.get("common_name")),
        "issuer": text(signature.get("issuer")),
        "signed_at": text(signature.get("time")),
        "made_with": generator(active),
        "actions": [said(action) for action in actions(active)[:MOST]],
        "ingredients": [
            {"title": text(one.get("title")), "relation": text(one.get("relationship"))}
            for one in (active.get("ingredients") or [])[:MOST]
        ],
        # That nobody here knows the signer is no fault of the file: the state says it.
        "problems": [code for code in dict.fromkeys(codes) if code and code != "signingCredential.untrusted"][:MOST],
        "source_type": source_type(manifests, active),
    }


def actions(manifest: dict) -> list[dict]:
    """The actions of a manifest, of whatever version of their assertion."""
    found = []
    for assertion in manifest.get("assertions") or []:
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            found += [
                action for action in (assertion.get("data") or {}).get("actions") or [] if isinstance(action, dict)
            ]
    return found


def said(action: dict) -> dict:
    agent = action.get("softwareAgent")
    return {
        "action": text(action.get("action")),
        "when": text(action.get("when")),
        "with": text(agent.get("name") if isinstance(agent, dict) else agent),
        "source_type": text(action.get("digitalSourceType")),
    }


def generator(manifest: dict) -> str:
    """The program that made a manifest, as it calls itself."""
    for info in manifest.get("claim_generator_info") or []:
        if isinstance(info, dict) and info.get("name"):
            return text(f"{info['name']} {info.get('version') or ''}")
    return text(manifest.get("claim_generator"))


def source_type(manifests: dict, active: dict) -> str:
    """How the picture was made: what its first manifest says, or that AI had a part in it if any of them says so."""
    line, reached = [active], [active]
    for manifest in reached:
        for one in manifest.get("ingredients") or []:
            earlier = manifests.get(one.get("active_manifest"))
            if earlier is None or any(earlier is other for other in reached) or len(reached) >= MOST_MANIFESTS:
                continue
            reached.append(earlier)
            if one.get("relationship") == "parentOf" and any(manifest is other for other in line):
                line.append(earlier)
    begun = [
        (action.get("action") != CREATED, text(action.get("digitalSourceType")))
        for manifest in reversed(line)
        for action in actions(manifest)
        if action.get("digitalSourceType")
    ]
    first = min(begun, key=lambda one: one[0])[1] if begun else ""
    by_ai = [
        kind
        for manifest in reached
        for action in actions(manifest)
        if (kind := text(action.get("digitalSourceType"))).rstrip("/").endswith(AI)
    ]
    if not by_ai or first.rstrip("/").endswith(AI):
        return first
    return "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"


def text(value: object) -> str:
    """A stranger's text on one line, without what could turn or break it."""
    if not isinstance(value, str | int | float):
        return ""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in str(value)[: 4 * LONGEST]).split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource = import_module("resource")  # not on every system
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    c2pa = import_module("c2pa")
    settings = dict(SETTINGS)
    if len(sys.argv) > 2:
        settings["trust"] = {"trust_anchors": Path(sys.argv[2]).read_text(encoding="utf-8")}
    try:
        reader = c2pa.Reader.try_create(sys.argv[1], sys.stdin.buffer, context=c2pa.Context.from_dict(settings))
        found = (
            {"state": "none"} if reader is None else summary(json.loads(reader.json()), reader.get_validation_state())
        )
    except c2pa.C2paError as error:  # its text may repeat what the file says: only the kind of error is kept
        found = {"state": "invalid", "problems": [f"unreadable.{type(error).__name__.strip('_')}"]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()

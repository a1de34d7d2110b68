"""Reads signed pictures with an independent reader, the Python package c2pa-python, and compares what it finds with what
was expected.

    Tools/setup/install-wheels Tools/setup/credentials.txt .ondol/credential-reader
    PYTHONPATH=.ondol/credential-reader python3 Tools/provenance/read_back.py FOLDER

FOLDER holds pictures, `root.pem` with the certificates to trust, and `expected.txt`: a line for each picture, its name, what
is to be found, and the digital source type that it must name, or `-`. What may be found:

    trusted             as it was signed, by somebody under root.pem
    picture-changed     the picture is not as it was signed
    credential-changed  the credential is not as it was signed
    cut-off             the file does not reach its end
    nothing-found       no credential

Prints a line for each picture that is not as expected, and at last `AS_EXPECTED of ALL`; exit status 1 where they differ.
"""

import io
import json
import sys
from pathlib import Path

import c2pa

MEDIA_TYPES = {".png": "image/png", ".jpeg": "image/jpeg", ".webp": "image/webp"}
# What a certificate may be for: C2PA's own purpose; documents, mail, time stamps and OCSP.
PURPOSES = "1.3.6.1.4.1.62558.2.1\n1.3.6.1.5.5.7.3.36\n1.3.6.1.5.5.7.3.4\n1.3.6.1.5.5.7.3.8\n1.3.6.1.5.5.7.3.9"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def reaches_its_end(data, media_type):
    """Whether the container is whole, by its own words."""
    if media_type == "image/png":
        return data[-8:-4] == b"IEND"
    if media_type == "image/jpeg":
        return data[-2:] == b"\xff\xd9"
    return len(data) >= 12 and len(data) == int.from_bytes(data[4:8], "little") + 8


def found(data, media_type, context):
    """What is found, and the digital source type that the credential names."""
    try:
        reader = c2pa.Reader(media_type, io.BytesIO(data), context=context)
        store = json.loads(reader.json())
    except c2pa.C2paError as error:
        if not reaches_its_end(data, media_type):
            return "cut-off", None
        return ("nothing-found" if "ManifestNotFound" in str(error) else "credential-changed"), None
    manifest = store["manifests"][store["active_manifest"]]
    sources = [
        action["digitalSourceType"]
        for assertion in manifest["assertions"] if assertion["label"].startswith("c2pa.actions")
        for action in assertion["data"]["actions"] if "digitalSourceType" in action
    ]
    source = sources[-1].removeprefix(SOURCE_TYPES) if sources else None
    state = store["validation_state"]
    if state != "Invalid":
        return {"Trusted": "trusted", "Valid": "unknown-signer"}[state], source
    codes = {status["code"] for status in store.get("validation_status", [])}
    if not reaches_its_end(data, media_type):
        return "cut-off", source
    return ("picture-changed" if "assertion.dataHash.mismatch" in codes else "credential-changed"), source


def main(folder):
    settings = c2pa.Settings.from_dict({
        "version": 1,
        "trust": {"user_anchors": (folder / "root.pem").read_text(), "trust_config": PURPOSES},
        "verify": {"verify_trust": True, "remote_manifest_fetch": False},
    })
    context = c2pa.Context(settings)
    lines = [line.split() for line in (folder / "expected.txt").read_text().splitlines()]
    right = 0
    for name, expected, source_type in lines:
        path = folder / name
        answer, source = found(path.read_bytes(), MEDIA_TYPES[path.suffix], context)
        if answer == expected and source_type in ("-", source):
            right += 1
        else:
            print(f"{name}: expected {expected} {source_type}, found {answer} {source}")
    print(f"{right} of {len(lines)}")
    return 0 if right == len(lines) and lines else 1


sys.exit(main(Path(sys.argv[1])))

"""Values for shapes of botocore's models: every member set, awkward characters in every string that may hold them."""

import base64
import datetime
import hashlib

MOMENT = datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.timezone.utc)
BLOB = "blöb".encode()
AWKWARD = "v <&>\"' é+%20/"
MAX_DEPTH = 9
KEY = b"0123456789abcdef0123456789abcdef"

# Strings whose content botocore looks at.
PARTICULAR = {
    "AccountId": "000000000000",
    "Bucket": "my-bucket",
    "ChecksumAlgorithm": "CRC32",
    "ClientContext": base64.b64encode(b"{}").decode(),
    "CopySource": "b/k",
    "CopySourceSSECustomerKey": KEY.decode(),
    "RenameSource": "b/k",
    # A part of the host name.
    "RequestRoute": "route",
    "SSECustomerKey": KEY.decode(),
    "SSECustomerKeyMD5": base64.b64encode(hashlib.md5(KEY).digest()).decode(),
    "CopySourceSSECustomerKeyMD5": base64.b64encode(hashlib.md5(KEY).digest()).decode(),
}


# Makes botocore compare the checksums of an answer, which are not real ones here.
LEFT_OUT = {"ChecksumMode"}


def generate(shape, name="", within=()):
    """A value for a shape, or None where there is none to make (a structure inside of itself)."""
    if name in LEFT_OUT:
        return None
    make = MAKERS.get(shape.type_name, _nothing)
    return make(shape, name, within)


def _structure(shape, _name, within):
    if shape.name in within or len(within) > MAX_DEPTH:
        return None
    value = {}
    for name, member in shape.members.items():
        content = generate(member, name, (*within, shape.name))
        if content is not None:
            value[name] = content
            if getattr(shape, "is_tagged_union", False):
                break
    return value or (None if within else {})


def _list(shape, name, within):
    item = generate(shape.member, name, within)
    return None if item is None else [item, item]


def _map(shape, name, within):
    content = generate(shape.value, name, within)
    if content is None:
        return None
    if shape.serialization.get("location"):
        return {"kk": "h v"}
    return {"k-1": content, "K <&> 2": content}


def _string(shape, name, _within):
    if name in PARTICULAR:
        return PARTICULAR[name]
    if shape.enum:
        return shape.enum[0]
    return "h v" if shape.serialization.get("location") == "header" else AWKWARD + name


def _integer(_shape, name, _within):
    return len(BLOB) if name == "ContentLength" else 7


def _nothing(_shape, _name, _within):
    return None


MAKERS = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _integer,
    "long": _integer,
    "float": lambda *_: 7.5,
    "double": lambda *_: 7.5,
    "boolean": lambda *_: True,
    "timestamp": lambda *_: MOMENT,
    "blob": lambda *_: BLOB,
}

"""Reads frames, each after its length in four bytes, as the reference reads them, and prints each as the reference would write it."""

import struct
import sys

import msgpack

data = sys.stdin.buffer
while head := data.read(4):
    frame = data.read(struct.unpack(">I", head)[0])
    print(msgpack.dumps(tuple(msgpack.loads(frame, raw=False, strict_map_key=False))).hex())

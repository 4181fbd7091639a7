"""Derives CURVE keys from a cluster token, as the Javadoc of CurveKeys says it."""

import hashlib
import hmac

import zmq
from zmq.utils import z85


def pair(token, role):
    extracted = hmac.new(b"katydid cluster", token.encode(), hashlib.sha256).digest()
    secret = z85.encode(hmac.new(extracted, b"curve v1 " + role.encode() + b"\x01", hashlib.sha256).digest())
    return zmq.curve_public(secret), secret


def as_worker(socket, token):
    socket.curve_serverkey = pair(token, "master")[0]
    socket.curve_publickey, socket.curve_secretkey = pair(token, "worker")


def as_master(socket, token):
    socket.curve_server = True
    socket.curve_publickey, socket.curve_secretkey = pair(token, "master")

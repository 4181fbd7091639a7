"""Is a worker of the reference's libraries: sends client_ready, sends each message back under the type "again", prints the types, ends on quit.

    dealer.py PORT CLIENT_ID [TOKEN]
"""

import sys

import msgpack
import zmq

context = zmq.Context()
socket = context.socket(zmq.DEALER)
socket.setsockopt(zmq.IDENTITY, sys.argv[2].encode())
socket.setsockopt(zmq.TCP_KEEPALIVE, 1)
socket.setsockopt(zmq.TCP_KEEPALIVE_IDLE, 30)
if len(sys.argv) > 3:
    import keys

    keys.as_worker(socket, sys.argv[3])
socket.connect(f"tcp://127.0.0.1:{sys.argv[1]}")
socket.send(msgpack.dumps(("client_ready", "2.46.3", sys.argv[2])))
while socket.poll(20_000):
    kind, data, node = msgpack.loads(socket.recv(), raw=False, strict_map_key=False)
    print(kind, node)
    if kind == "quit":
        break
    socket.send(msgpack.dumps(("again", data, node)))
context.destroy(linger=1000)

"""Is a master of the reference's libraries: prints its port, then the type of each message and its client; answers client_ready with ack, sends each
other message back under the type "again", ends on quit.

    router.py [TOKEN]
"""

import sys

import msgpack
import zmq

context = zmq.Context()
socket = context.socket(zmq.ROUTER)
if len(sys.argv) > 1:
    import keys

    keys.as_master(socket, sys.argv[1])
print(socket.bind_to_random_port("tcp://127.0.0.1"))
while socket.poll(20_000):
    client, frame = socket.recv_multipart()
    kind, data, node = msgpack.loads(frame, raw=False, strict_map_key=False)
    print(kind, client.decode(), node)
    if kind == "quit":
        break
    answer = ("ack", {"index": 0}, node) if kind == "client_ready" else ("again", data, node)
    socket.send_multipart([client, msgpack.dumps(answer)])
context.destroy(linger=1000)

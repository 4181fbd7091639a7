package io.katydid.cluster.wire;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Gives ZeroMQ the memory of frames that come in. JeroMQ 0.6.0 takes a length from 2<sup>63</sup> for a small one, and then asks for a negative size or
 * for up to 2 GiB, either of which would end its thread for all workers; such a frame becomes an empty one, which the handshake and the codec refuse.
 */
final class FrameMemory implements MsgAllocator {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");

    @Override public Msg allocate(int size) {
        if (size >= 0 && size <= ZeroMq.FRAME_BYTES) {
            try {
                return new Msg(size);
            } catch (OutOfMemoryError full) {
                LOG.warn("A frame of {} bytes was refused: there is no memory for it.", size);
                return new Msg(0);
            }
        }
        LOG.warn("A frame that claims a length beyond {} bytes was refused.", Limits.FRAME_BYTES);
        return new Msg(0);
    }
}

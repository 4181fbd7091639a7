package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.cluster.wire.Payload;
import io.katydid.kernel.run.Messages;
import org.jspecify.annotations.Nullable;

/** Makes records, maps and the rest of what came over the wire. */
final class WirePayloads implements Messages.Payloads {
    static final WirePayloads INSTANCE = new WirePayloads();

    @Override public <T> T as(@Nullable Object data, Class<T> type) {
        var value = Payload.fromWire(data, type);
        if (value == null) throw new KatydidException("It carries nothing, but the handler takes a " + type.getSimpleName() + ".");
        return value;
    }
}

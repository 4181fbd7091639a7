package io.katydid.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes null for NaN and the infinities. */
final class FiniteSerializer extends ValueSerializer<Double> {

    @Override public void serialize(Double value, JsonGenerator json, SerializationContext context) {
        if (Double.isFinite(value)) json.writeNumber(value.doubleValue());
        else json.writeNull();
    }
}

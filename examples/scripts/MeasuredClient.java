// Shows any blocking client library, measured.
import io.katydid.api.*;

class SensorUser extends User {
    private final Broker broker = Broker.connect("tcp://localhost:1883");

    @Override protected WaitTime waitTime() { return constantThroughput(5); }

    @Task void publishSensor() {
        measure("MQTT", "publish:/sensors", () -> broker.publish("/sensors", "{}"));
    }
}

/** Stands for any blocking client library. */
interface Broker {
    static Broker connect(String url) { return (topic, payload) -> {}; }
    void publish(String topic, String payload) throws java.io.IOException;
}

// Shows a generated blocking stub, measured.
import io.katydid.api.*;

class PredictUser extends User {
    private final PredictStub stub = PredictStub.connect("localhost:50051");

    @Task void predict() {
        var reply = environment().events().request().measure("gRPC", "Predict", () -> stub.predict("cat.png"));
        reply.value().ifPresent(label -> System.out.println("label: " + label));
    }
}

/** Stands for a generated blocking stub. */
interface PredictStub {
    static PredictStub connect(String target) { return image -> "cat"; }
    String predict(String image) throws java.io.IOException;
}

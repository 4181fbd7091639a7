// Shows times of several requests together; run it with --log-transactions-in-file.
import io.katydid.api.*;
import io.katydid.http.*;
import io.katydid.transactions.*;

class Buyer extends HttpUser {
    private final TransactionManager transactions = new TransactionManager(environment());

    @Override protected WaitTime waitTime() { return constant(0.5); }

    @Task void buy() {
        transactions.startTransaction("buy");
        client.get("/cart");
        var paid = client.post("/pay");
        transactions.endTransaction("buy", paid.ok(), paid.ok() ? "" : "not paid");
    }
}

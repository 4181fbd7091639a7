// Shows a Markov chain of pages.
import io.katydid.api.*;
import io.katydid.http.*;

class Visitor extends HttpUser {

    @Task
    class Journey extends MarkovTaskSet {
        @Transition(to = "search", weight = 3)
        @Transition(to = "leave") void home() { client.get("/"); }

        @Transition(to = "home") void search() { client.get("/search", param("q", "socks"), name("/search")); }

        @Transition(to = "home") void leave() { interrupt(); }
    }
}

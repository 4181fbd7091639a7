package io.katydid.demo;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Is a small web shop on a free loopback port. Its routes take their time by timers, so it costs next to nothing; one of them is slow
 * and one of them fails now and then, for the tour to find.
 */
final class Shop implements AutoCloseable {
    private static final int PRODUCTS = 50;
    private static final Latency QUICK = new Latency(8, 0.3);
    private static final Latency USUAL = new Latency(25, 0.4);
    private static final Latency PAYMENT = new Latency(90, 0.5);
    private static final Latency SLOW = new Latency(450, 0.4);
    private static final double STOCK_FAILS = 0.06;

    private final Vertx vertx;
    private final HttpServer server;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    private Shop(Vertx vertx) throws Exception {
        this.vertx = vertx;
        server = vertx.createHttpServer().requestHandler(routes()).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(20,
            TimeUnit.SECONDS);
    }

    /** Opens the shop. */
    static Shop open() throws Exception {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        try {
            return new Shop(vertx);
        } catch (Exception problem) {
            vertx.close();
            throw problem;
        }
    }

    String url() { return "http://127.0.0.1:" + server.actualPort(); }

    private Router routes() {
        var router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false));
        route(router, HttpMethod.GET, "/", QUICK, Shop::home);
        route(router, HttpMethod.POST, "/login", PAYMENT, this::login);
        route(router, HttpMethod.GET, "/api/products", USUAL, Shop::products);
        route(router, HttpMethod.GET, "/api/products/:id", QUICK, Shop::product);
        route(router, HttpMethod.GET, "/api/search", USUAL, Shop::products);
        route(router, HttpMethod.GET, "/api/recommendations", SLOW, Shop::products);
        route(router, HttpMethod.GET, "/api/stock/:id", QUICK, Shop::stock);
        route(router, HttpMethod.POST, "/api/cart", USUAL, signedIn(context -> answer(context, 201, new JsonObject().put("items", 1))));
        route(router, HttpMethod.POST, "/api/checkout", PAYMENT, signedIn(Shop::checkout));
        return router;
    }

    private void route(Router router, HttpMethod method, String path, Latency latency, Consumer<RoutingContext> answer) {
        router.route(method, path).handler(context -> vertx.setTimer(latency.drawMs(), _ -> answer.accept(context)));
    }

    private Consumer<RoutingContext> signedIn(Consumer<RoutingContext> answer) {
        return context -> {
            var header = context.request().getHeader("Authorization");
            if (header != null && header.startsWith("Bearer ") && tokens.contains(header.substring(7))) {
                answer.accept(context);
            } else {
                answer(context, 401, new JsonObject().put("error", "sign in first"));
            }
        };
    }

    private static void home(RoutingContext context) {
        context.response().putHeader("Content-Type", "text/html")
            .end("<html><title>Katydid's shop</title><h1>50 pairs of socks</h1></html>");
    }

    private void login(RoutingContext context) {
        var token = UUID.randomUUID().toString();
        tokens.add(token);
        answer(context, 200, new JsonObject().put("token", token));
    }

    private static void products(RoutingContext context) {
        var list = new JsonArray();
        for (int id = 1; id <= 10; id++) list.add(describe(id));
        answer(context, 200, new JsonObject().put("products", list));
    }

    private static void product(RoutingContext context) {
        int id = Integer.parseInt(context.pathParam("id"));
        if (id < 1 || id > PRODUCTS) {
            answer(context, 404, new JsonObject().put("error", "no product " + id));
        } else {
            answer(context, 200, describe(id));
        }
    }

    private static void stock(RoutingContext context) {
        boolean fails = ThreadLocalRandom.current().nextDouble() < STOCK_FAILS;
        answer(context, fails ? 503 : 200,
            fails ? new JsonObject().put("error", "the warehouse does not answer") : new JsonObject().put("left", 7));
    }

    private static void checkout(RoutingContext context) {
        answer(context, 201, new JsonObject().put("id", "order-" + ThreadLocalRandom.current().nextInt(1_000_000)));
    }

    private static JsonObject describe(int id) {
        return new JsonObject().put("id", id).put("name", "Socks No. " + id).put("price", 4.90 + id);
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    @Override public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

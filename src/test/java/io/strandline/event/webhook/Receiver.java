package io.strandline.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody whom events are sent to. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();

    /** Answers each request with what {@code status} says. */
    Receiver(IntSupplier status) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Received received = new Received(
                        header(exchange, "webhook-id"),
                        header(exchange, "webhook-timestamp"),
                        header(exchange, "webhook-signature"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                        status.getAsInt());
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
                exchange.sendResponseHeaders(received.status(), -1);
                requests.add(received);
            }
        });
        server.start();
    }

    /** A request, and what it was answered. */
    record Received(String id, String timestamp, String signature, String body, int status) {

        JsonNode event() {
            return JsonMapper.shared().readTree(body);
        }

        String type() {
            return event().get("type").asString();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    Received next() throws InterruptedException {
        Received next = requests.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("an event that is sent").isNotNull();
        return next;
    }

    boolean gotNothing() {
        return requests.isEmpty();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

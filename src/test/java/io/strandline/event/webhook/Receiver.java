package io.strandline.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody whom events are sent to. */
final class Receiver implements AutoCloseable {

    private static final String NOWHERE = "http://127.0.0.1:1/elsewhere";

    private final WebServer server;
    private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();

    /** Answers each request with what {@code status} says. */
    Receiver(IntSupplier status) {
        TomcatServletWebServerFactory servers = new TomcatServletWebServerFactory(0);
        servers.setAddress(InetAddress.getLoopbackAddress());
        server = servers.getWebServer(
                context -> context.addServlet("hook", new Hook(status)).addMapping("/hook"));
        server.start();
    }

    /** Answers, then tells what it was asked. */
    private final class Hook extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient IntSupplier status;

        Hook(IntSupplier status) {
            this.status = status;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Received received = new Received(
                    request.getHeader("webhook-id"),
                    request.getHeader("webhook-timestamp"),
                    request.getHeader("webhook-signature"),
                    new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    status.getAsInt());
            response.setStatus(received.status());
            response.setHeader("Location", NOWHERE);
            response.flushBuffer();
            requests.add(received);
        }
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
        return "http://127.0.0.1:" + server.getPort() + "/hook";
    }

    Received next() throws InterruptedException {
        Received next = requests.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("an event that is sent").isNotNull();
        return next;
    }

    boolean gotNothing() {
        return requests.isEmpty();
    }

    @Override
    public void close() {
        server.destroy();
    }
}

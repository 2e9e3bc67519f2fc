package io.strandline.event.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream of server-sent events as a browser would. */
final class EventReader implements AutoCloseable {

    private static final long LONG_ENOUGH_SECONDS = 30;

    private final HttpResponse<java.io.InputStream> response;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final Thread thread;

    private EventReader(HttpResponse<java.io.InputStream> response) {
        this.response = response;
        this.thread = new Thread(this::read, "event-reader");
        thread.start();
    }

    /** A message: its id and data. */
    record Message(String id, String type, JsonNode data) {}

    static EventReader open(String address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<java.io.InputStream> response =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        EventReader reader = new EventReader(response);
        reader.awaitComment("after ");
        return reader;
    }

    /** The next message that is wanted; those before are passed over. */
    Message next(Predicate<Message> wanted) throws InterruptedException {
        while (true) {
            Message message = messages.poll(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("an event that is wanted").isNotNull();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    Message next(String type) throws InterruptedException {
        return next(message -> message.type().equals(type));
    }

    /** Everything up to and with the first that is wanted. */
    List<Message> upTo(Predicate<Message> wanted) throws InterruptedException {
        List<Message> all = new ArrayList<>();
        next(message -> {
            all.add(message);
            return wanted.test(message);
        });
        return all;
    }

    String awaitComment(String beginning) throws InterruptedException {
        while (true) {
            String comment = comments.poll(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS);
            assertThat(comment).as("a comment '%s'", beginning).isNotNull();
            if (comment.startsWith(beginning)) {
                return comment;
            }
        }
    }

    boolean awaitEnd() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LONG_ENOUGH_SECONDS));
        return !thread.isAlive();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    messages.add(new Message(id, type, JsonMapper.shared().readTree(line.substring(6))));
                } else if (line.startsWith(":")) {
                    comments.add(line.substring(1).strip());
                }
            }
        } catch (IOException closed) {
            comments.add("closed");
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}

package io.strandline.security;

import io.strandline.ProvokedCodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of a server by callers with and without keys. */
public final class Calls {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String server;

    /** Of the server at an address such as {@code http://127.0.0.1:34567}. */
    public Calls(String server) {
        this.server = server;
    }

    /** What came back, as far as a test asks for it. */
    public record Answer(int status, Map<String, java.util.List<String>> headers, String text) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        public String code() {
            return json().path("code").asString("");
        }

        public String header(String name) {
            return headers.getOrDefault(name, java.util.List.of("")).get(0);
        }
    }

    /** A call with the value of its Authorization header, null for none. */
    public Answer call(String method, String path, @Nullable String authorization, String body, String... headers)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request(method, path, authorization, body, headers), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ProvokedCodes.note(method, path, text);
            return new Answer(response.statusCode(), response.headers().map(), text);
        }
    }

    /** The status alone; what may never end is not read. */
    public int status(String method, String path, @Nullable String authorization, String body)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request(method, path, authorization, body), BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    public Answer get(String path, @Nullable String authorization) throws IOException, InterruptedException {
        return call("GET", path, authorization, "");
    }

    public Answer post(String path, @Nullable String authorization, String body, String... headers)
            throws IOException, InterruptedException {
        return call("POST", path, authorization, body, headers);
    }

    private HttpRequest request(
            String method, String path, @Nullable String authorization, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }
}

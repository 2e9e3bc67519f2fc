package io.strandline.catalog.jpa;

import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of a server that is measured; an answer that is not a success ends the measurement. */
final class ScaleCalls {

    private final HttpClient client = HttpClient.newHttpClient();
    private final OwnServer server;
    private final String base;

    ScaleCalls(OwnServer server) {
        this.server = server;
        this.base = server.address();
    }

    JobCalls jobs() {
        return server.jobs();
    }

    String get(String path) throws IOException, InterruptedException {
        return call(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Prefer", "wait=60")
                        .GET(),
                path);
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return JsonMapper.shared().readTree(call(request, path));
    }

    /** A POST that became an operation, once it has ended well. */
    JsonNode operation(String path, String body) throws IOException, InterruptedException {
        JsonNode operation = post(path, body);
        while (!operation.has("state") || operation.get("state").asString().matches("QUEUED|RUNNING")) {
            String id = operation.get("id").asString();
            operation = JsonMapper.shared().readTree(get("/api/v1/operations/" + id));
        }
        if (!operation.get("state").asString().equals("SUCCEEDED")) {
            throw new IOException(path + ": " + operation);
        }
        return operation;
    }

    private String call(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}

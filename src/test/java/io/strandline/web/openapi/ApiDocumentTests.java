package io.strandline.web.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import io.strandline.ServerTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Compares the document with {@code openapi.yaml} and with the list of calls that this release has. */
class ApiDocumentTests extends ServerTests {

    private static final Path FILE = Path.of("openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** Every call of this release; names of path variables do not count. */
    private static final String CALLS = """
            POST   /jobs
            GET    /jobs
            GET    /jobs/{job}
            DELETE /jobs/{job}
            POST   /jobs/{job}/undelete
            GET    /jobs/{job}/instances
            POST   /pipelines/validate
            GET    /pipelines/schema
            GET    /jobs/{job}/pipeline
            PUT    /jobs/{job}/pipeline
            GET    /jobs/{job}/pipeline/versions/{n}
            POST   /jobs/{job}/start
            POST   /jobs/{job}/stop
            POST   /jobs/{job}/sources/{source}/records
            GET    /jobs/{job}/dead-letters
            GET    /jobs/{job}/topology
            POST   /jobs/{job}/snapshots
            GET    /jobs/{job}/snapshots
            GET    /jobs/{job}/snapshots/{rev}
            PATCH  /jobs/{job}/snapshots/{id}
            DELETE /jobs/{job}/snapshots/{id}
            POST   /jobs/{job}/snapshots/{id}/undelete
            GET    /jobs/{job}/snapshots/{rev}/lineage
            GET    /jobs/{job}/snapshots/{rev}/retention
            GET    /jobs/{job}/snapshots/{rev}/manifest
            GET    /jobs/{job}/snapshots/{rev}/files
            GET    /storage/usage
            GET    /jobs/{job}/growth
            GET    /jobs/{job}/state
            GET    /jobs/{job}/state/{operator}/{state}
            GET    /jobs/{job}/snapshots/{rev}/state
            GET    /jobs/{job}/snapshots/{rev}/state/{operator}/{state}
            POST   /jobs/{job}/snapshots/{rev}/verify
            GET    /jobs/{job}/snapshots/{rev}/export
            POST   /jobs/{job}/snapshots/import
            GET    /verification-campaign
            PUT    /verification-campaign
            POST   /jobs/{job}/diffs
            GET    /jobs/{job}/diffs
            GET    /jobs/{job}/diffs/{id}
            GET    /jobs/{job}/diffs/{id}/entries
            POST   /jobs/{job}/snapshots/{id}/holds
            GET    /jobs/{job}/snapshots/{id}/holds
            DELETE /jobs/{job}/snapshots/{id}/holds/{hold}
            GET    /jobs/{job}/tags
            PUT    /jobs/{job}/tags/{name}
            GET    /jobs/{job}/tags/{name}
            DELETE /jobs/{job}/tags/{name}
            GET    /jobs/{job}/branches
            POST   /jobs/{job}/branches
            GET    /jobs/{job}/branches/{b}
            PATCH  /jobs/{job}/branches/{b}
            DELETE /jobs/{job}/branches/{b}
            POST   /jobs/{job}/branches/{b}/undelete
            GET    /jobs/{job}/branches/{b}/reflog
            POST   /jobs/{job}/restore
            POST   /jobs/{job}/fast-forward
            POST   /jobs/{job}/promote
            POST   /jobs/{job}/undo
            GET    /jobs/{job}/checkpoints
            GET    /jobs/{job}/checkpoints/{n}
            GET    /retention-policy
            PUT    /retention-policy
            DELETE /retention-policy
            GET    /jobs/{job}/retention-policy
            PUT    /jobs/{job}/retention-policy
            DELETE /jobs/{job}/retention-policy
            POST   /retention-plans
            GET    /retention-plans
            GET    /retention-plans/{id}
            GET    /retention-plans/{id}/items
            POST   /retention-plans/{id}/apply
            GET    /trash
            POST   /trash/purge
            POST   /gc/runs
            GET    /gc/runs
            GET    /gc/quarantine
            POST   /gc/quarantine/{file}/restore
            GET    /operations
            GET    /operations/{id}
            POST   /operations/{id}/cancel
            GET    /audit
            GET    /audit/verify
            POST   /api-keys
            GET    /api-keys
            GET    /api-keys/{id}
            DELETE /api-keys/{id}
            POST   /api-keys/{id}/rotate
            GET    /events
            GET    /webhooks
            GET    /jobs/{job}/events
            GET    /problems/{code}
            GET    /server
            """;

    private JsonNode document = JsonMapper.shared().nullNode();

    @BeforeEach
    void readDocument() {
        document = JsonMapper.shared()
                .readTree(given().spec(api())
                        .get("/v3/api-docs")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
    }

    @Test
    void hasExactlyTheCallsOfThisRelease() {
        Set<String> wanted = CALLS.lines()
                .map(line -> line.replaceAll(" +", " /api/v1").replaceAll("\\{[^}]*}", "{}"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>();
        forEachOperation((call, operation) -> found.add(call.replaceAll("\\{[^}]*}", "{}")));

        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void isWrittenDownInTheRepository() throws IOException {
        String now = YAMLMapper.builder()
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .build()
                .writeValueAsString(document);
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(FILE, now, StandardCharsets.UTF_8);
        }

        assertThat(FILE)
                .as("openapi.yaml; after a wanted change of the API run ./mvnw verify -Dopenapi.update=true")
                .hasContent(now);
    }

    @Test
    void describesEveryCallItsParametersAndItsProblems() {
        forEachOperation((call, operation) -> {
            assertThat(operation.path("summary").asString(""))
                    .as("summary of %s", call)
                    .isNotBlank();
            assertThat(operation.path("description").asString(""))
                    .as("description of %s", call)
                    .isNotBlank();
            assertThat(operation.path("tags").size()).as("tags of %s", call).isEqualTo(1);
            for (JsonNode parameter : operation.path("parameters")) {
                assertThat(parameter.path("description").asString(""))
                        .as("description of %s of %s", parameter.path("name"), call)
                        .isNotBlank();
            }
            for (Map.Entry<String, JsonNode> response :
                    operation.path("responses").properties()) {
                if (response.getKey().compareTo("400") >= 0) {
                    assertThat(resolved(response.getValue()).path("content").has("application/problem+json"))
                            .as("%s of %s is a problem", response.getKey(), call)
                            .isTrue();
                }
            }
            assertThat(operation.path("responses").has("503"))
                    .as("503 of %s", call)
                    .isTrue();
        });
    }

    @Test
    void givesAnExampleOfEveryPathVariableAndBody() {
        forEachOperation((call, operation) -> {
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asString().equals("path")) {
                    assertThat(parameter.has("example")
                                    || parameter.path("schema").has("example"))
                            .as("example of %s of %s", parameter.path("name"), call)
                            .isTrue();
                }
            }
            for (JsonNode media : operation.path("requestBody").path("content")) {
                assertThat(media.has("example") || media.has("examples") || hasExample(media.path("schema")))
                        .as("example of the body of %s", call)
                        .isTrue();
            }
        });
    }

    @Test
    void takesAReasonForWhateverIsDeleted() {
        forEachOperation((call, operation) -> {
            if (call.startsWith("DELETE")) {
                assertThat(operation.path("parameters"))
                        .as("parameters of %s", call)
                        .anyMatch(parameter -> parameter.path("in").asString().equals("query")
                                && parameter.path("name").asString().equals("reason"));
            }
        });
    }

    @Test
    void pointsToWhatIsThere() {
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void isShownBySwaggerUiAtTheFrontDoor() {
        given().spec(api())
                .redirects()
                .follow(false)
                .get("/")
                .then()
                .statusCode(302)
                .header("Location", endsWith("/swagger-ui.html"));
        given().spec(api()).get("/swagger-ui.html").then().statusCode(200).body(containsString("swagger-ui"));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private boolean hasExample(JsonNode schema) {
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
        if (resolved.has("example") || resolved.has("examples")) {
            return true;
        }
        for (JsonNode property : resolved.path("properties")) {
            if (property.has("example") || property.has("examples")) {
                return true;
            }
        }
        return false;
    }

    private void forEachOperation(BiConsumer<String, JsonNode> visit) {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    visit.accept(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                            operation.getValue());
                }
            }
        }
    }
}

package io.strandline.pipeline.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.reading.Pipelines.Syntax;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Documents damaged at random are read or refused with a place; nothing else ever comes out. */
class MutatedDocumentTests {

    private static final int ROUNDS = Integer.getInteger("strandline.test.mutations", 60);

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "1.5",
            "9223372036854775808",
            "\"\"",
            "\"x\"",
            "\"/\"",
            "\"..\"",
            "\"\\u0000\"",
            "\"delay\"",
            "\"origin\"",
            "\"count()\"",
            "\"sum(\"",
            "\"timestamp(\"",
            "\"timestamp(,)\"",
            "\"timestamp(yyyy, )\"",
            "\"P1D\"",
            "\"PT9223372036854775807S\"",
            "\"NONE\"",
            "\"late\"",
            "\"out\"",
            "\"daily\"",
            "[]",
            "[[]]",
            "{}",
            "{\"a\": {}}",
            "[null]",
            "[1, \"x\"]",
            "{\"every\": 5}",
            "{\"\": 1}",
            "\"\\ud800\"",
            "\"file\"",
            "\"window\"");

    private final Pipelines pipelines = new Pipelines();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areReadOrRefusedWithAPlace(long seed) throws IOException {
        Random random = new Random(seed);
        JsonNode original = new YAMLMapper().readTree(PipelinesTests.flights());
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode document = original.deepCopy();
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutate(document, random);
            }
            assertReadOrRefused(seed, document.toString());
        }
    }

    private void assertReadOrRefused(long seed, String document) {
        try {
            PipelineDocument read = pipelines.read(document, Syntax.JSON).document();
            assertThat(pipelines.check(read).document())
                    .as("seed %d: %s", seed, document)
                    .isEqualTo(read);
        } catch (StrandlineException e) {
            assertThat(e.code().status()).as("seed %d: %s", seed, document).isBetween(400, 499);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + document, e);
        }
    }

    private static void mutate(JsonNode document, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode value = new JsonMapper().readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (container instanceof ArrayNode array) {
            mutate(array, value, random);
        } else if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", value);
                default -> object.set(name, value);
            }
        }
    }

    private static void mutate(ArrayNode array, JsonNode value, Random random) {
        if (array.isEmpty() || random.nextBoolean()) {
            array.add(
                    array.isEmpty()
                            ? value
                            : array.get(random.nextInt(array.size())).deepCopy());
        } else {
            array.remove(random.nextInt(array.size()));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
        }
        node.values().forEach(child -> collect(child, containers));
    }
}

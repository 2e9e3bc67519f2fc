package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.strandline.ServerTests;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Writes the table of meters from the meters themselves and compares it with the docs. */
class MetersDocumentTests extends ServerTests {

    private static final Path FILE = Path.of("docs/metrics.md");
    private static final String HEAD = """
            # Metrics

            `GET /actuator/prometheus` shows them for Prometheus, `GET /actuator/metrics/{name}` one at a time, beside those of
            the JVM, Tomcat, Hikari and HTTP that Spring Boot brings. All but those that begin with `strandline.job.` are there
            from start-up at zero; `strandline.job.` is one series for each running instance, `strandline.job.operator.` one for
            each of its operators, `strandline.job.edge.` one for each stream between two that do not run in one subtask, at
            most a hundred of either. Tags never hold ids. This page is generated from the code; a test compares it.

            | meter | in Prometheus | kind | unit | tags | meaning |
            |---|---|---|---|---|---|
            """;

    private final MeterRegistry registry;

    MetersDocumentTests(@Autowired MeterRegistry registry) {
        this.registry = registry;
    }

    @Test
    void theTableOfMetersIsUpToDate() throws IOException {
        String now = document();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(FILE, now, StandardCharsets.UTF_8);
        }

        assertThat(FILE)
                .as("docs/metrics.md; after a wanted change run ./mvnw verify -Ddocs.update=true")
                .hasContent(now);
    }

    @Test
    void everyMeterIsExplained() {
        assertThat(meters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                        .as(meter.getId().getName())
                        .isNotBlank());
    }

    private String document() {
        Map<String, List<Meter>> byName = meters().stream()
                .collect(Collectors.groupingBy(meter -> meter.getId().getName(), TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder(HEAD);
        byName.forEach((name, meters) -> {
            Meter.Id id = meters.get(0).getId();
            String unit = id.getBaseUnit();
            text.append("| `")
                    .append(name)
                    .append("` | `")
                    .append(prometheus(id))
                    .append("` | ");
            text.append(id.getType().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                    .append(" | ");
            text.append(unit == null ? "count" : unit)
                    .append(" | ")
                    .append(tags(meters))
                    .append(" | ");
            text.append(id.getDescription()).append(" |\n");
        });
        return text.toString();
    }

    /** The server's own, and those of a job, which come with its first instance. */
    private List<Meter> meters() {
        SimpleMeterRegistry jobs = new SimpleMeterRegistry();
        ScriptedRunner scripted = new ScriptedRunner();
        scripted.figures.put("i", Figures.ofTwoOperators(0, 0, 0));
        new MeteredRunner(scripted, jobs, Clock.systemUTC())
                .start(
                        new InstanceSpec(
                                "i",
                                new BranchRef("j", "main"),
                                "job",
                                1,
                                "{}",
                                1,
                                null,
                                null,
                                null,
                                List.of(),
                                Map.of()),
                        new SilentLedger(),
                        new InstanceListener() {});
        return Stream.concat(
                        registry.getMeters().stream().filter(meter -> !ofJob(meter)),
                        jobs.getMeters().stream().filter(MetersDocumentTests::ofJob))
                .filter(meter -> meter.getId().getName().startsWith("strandline."))
                .toList();
    }

    private static boolean ofJob(Meter meter) {
        return meter.getId().getName().startsWith("strandline.job.");
    }

    private static String prometheus(Meter.Id id) {
        String name = new PrometheusNamingConvention().name(id.getName(), id.getType(), id.getBaseUnit());
        return id.getType() == Meter.Type.COUNTER ? name + "_total" : name;
    }

    private static String tags(List<Meter> meters) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        for (Meter meter : meters) {
            for (Tag tag : meter.getId().getTags()) {
                values.computeIfAbsent(tag.getKey(), key -> new TreeSet<>()).add(tag.getValue());
            }
        }
        boolean perJob = values.containsKey("job");
        return values.entrySet().stream()
                .map(tag -> "`" + tag.getKey() + "`" + (perJob ? "" : " (" + String.join(", ", tag.getValue()) + ")"))
                .collect(Collectors.joining(", "));
    }
}

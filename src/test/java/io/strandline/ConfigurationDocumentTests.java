package io.strandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Writes the table of settings from the settings records and their Javadoc, and compares it with the docs. */
class ConfigurationDocumentTests {

    private static final Path FILE = Path.of("docs/configuration.md");
    private static final Path SOURCES = Path.of("src/main/java");

    private static final String HEAD = """
            # Configuration

            Settings are Spring Boot's: on the command line (`--strandline.data-dir=/data`), in the environment
            (`STRANDLINE_DATA_DIR=/data`), or in `application.yaml` beside the jar. Durations are written `10s`, `5m` or ISO
            (`PT10S`), sizes `256MB`. This page is generated from the code; a test compares it.

            ## Spring Boot's own that matter here

            | setting | default | meaning |
            |---|---|---|
            | `server.port` | `8080` | where the server listens |
            | `server.address` | `127.0.0.1` | the address it listens on; another than loopback takes `strandline.security.authentication` |
            | `server.ssl.bundle` | | serve HTTPS with this bundle of `spring.ssl.bundle`; see [security](security.md#tls) |
            | `spring.datasource.url`, `.username`, `.password` | H2 in the data directory | the catalog's database; PostgreSQL by these three |
            | `logging.structured.format.console` | | `ecs`, `logstash` or `gelf` for JSON logs, with `job`, `snapshot` and `traceId` |
            | `logging.level.io.strandline` | `INFO` | how much is logged |

            """;

    @Test
    void theTableOfSettingsIsUpToDate() throws IOException {
        String now = document();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(FILE, now, StandardCharsets.UTF_8);
        }

        assertThat(FILE)
                .as("docs/configuration.md; after a wanted change run ./mvnw verify -Ddocs.update=true")
                .hasContent(now);
    }

    @Test
    void everySettingIsExplained() {
        assertThat(document().lines().filter(line -> line.startsWith("| `strandline.")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotEndWith("|  |"));
    }

    private static String document() {
        StringBuilder text = new StringBuilder(HEAD);
        String before = "";
        for (Class<?> type : settings()) {
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            if (!prefix.equals(before)) {
                text.append("## `").append(prefix).append("`\n\n");
            }
            text.append(purpose(type)).append("\n\n");
            text.append("| setting | type | default | meaning |\n|---|---|---|---|\n");
            rows(type, prefix, text);
            text.append('\n');
            before = prefix;
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static List<Class<?>> settings() {
        return new ClassFileImporter()
                        .importUrl(StrandlineApplication.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())
                        .stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .sorted(Comparator.comparing(
                                        (JavaClass type) -> type.getAnnotationOfType(ConfigurationProperties.class)
                                                .value())
                                .thenComparing(JavaClass::getName))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    private static void rows(Class<?> record, String prefix, StringBuilder text) {
        Parameter[] parameters = record.getDeclaredConstructors()[0].getParameters();
        RecordComponent[] components = record.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String key = prefix + "." + kebab(component.getName());
            if (component.getGenericType() instanceof ParameterizedType map
                    && component.getType().equals(Map.class)) {
                rows((Class<?>) map.getActualTypeArguments()[1], key + ".<name>", text);
                continue;
            }
            if (component.getType().isRecord()) {
                rows(component.getType(), key, text);
                continue;
            }
            text.append("| `").append(key).append("` | ").append(type(component.getGenericType()));
            text.append(" | ").append(defaultOf(parameters[i])).append(" | ");
            text.append(meaning(record, component.getName())).append(" |\n");
        }
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType list) {
            return "list of " + type(list.getActualTypeArguments()[0]);
        }
        Class<?> raw = (Class<?>) type;
        return switch (raw.getSimpleName()) {
            case "Integer", "int", "Long", "long" -> "whole number";
            case "Double", "double" -> "number";
            case "Boolean", "boolean" -> "true or false";
            case "String" -> "text";
            case "DataSize" -> "size";
            case "Path" -> "path";
            default -> raw.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static String defaultOf(Parameter parameter) {
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        return value == null ? "" : "`" + String.join(", ", value.value()) + "`";
    }

    private static String purpose(Class<?> record) {
        String comment = comment(record);
        int tags = comment.indexOf("@param");
        return plain(tags < 0 ? comment : comment.substring(0, tags));
    }

    private static String meaning(Class<?> record, String component) {
        Matcher tag = Pattern.compile("@param " + component + "\\s+(.*?)(?=(?<!\\{)@\\w|$)", Pattern.DOTALL)
                .matcher(comment(record));
        return tag.find() ? plain(tag.group(1)) : "";
    }

    /** The Javadoc in front of a record, without its stars. */
    private static String comment(Class<?> record) {
        Class<?> top = record;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        try {
            String source = Files.readString(SOURCES.resolve(top.getName().replace('.', '/') + ".java"));
            int declaration = source.indexOf("record " + record.getSimpleName() + "(");
            String before = source.substring(0, declaration);
            int start = before.lastIndexOf("/**");
            return before.substring(start + 3, before.indexOf("*/", start)).replaceAll("(?m)^\\s*\\* ?", "");
        } catch (IOException e) {
            throw new UncheckedIOException("no source of " + record, e);
        }
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replaceAll("</?p>", "")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}

package io.strandline.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Functions;
import io.strandline.expression.kernel.KernelFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the tables of docs/expressions.md what the language has; {@code -Ddocs.update=true} writes them anew. */
class ExpressionsDocumentTests {

    private static final Path FILE = Path.of("docs/expressions.md");
    private static final String BEGIN = "<!-- generated from here -->\n";
    private static final String END = "<!-- to here -->\n";

    @Test
    void theTablesShowEveryFunction() throws IOException {
        String page = Files.readString(FILE);
        String now = page.substring(0, page.indexOf(BEGIN)) + BEGIN + tables() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(FILE, now, StandardCharsets.UTF_8);
        }

        assertThat(FILE)
                .as("docs/expressions.md; after a wanted change run ./mvnw verify -Ddocs.update=true")
                .hasContent(now);
    }

    private static String tables() {
        StringBuilder text = new StringBuilder("\n| written | takes → gives | remarks |\n|---|---|---|\n");
        Map<String, List<KernelFunction>> forms = Functions.all().stream()
                .collect(Collectors.groupingBy(KernelFunction::form, LinkedHashMap::new, Collectors.toList()));
        forms.forEach((form, functions) -> byRemark(functions)
                .forEach((remark, alike) -> text.append(
                        "| `%s` | %s | %s |%n".formatted(form.replace("|", "\\|"), signatures(alike), remark))));
        return text.append("\nRow by row: ")
                .append(withoutKernel().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")))
                .append(".\n\n")
                .toString();
    }

    private static Map<String, List<KernelFunction>> byRemark(List<KernelFunction> functions) {
        return functions.stream()
                .collect(Collectors.groupingBy(KernelFunction::remark, LinkedHashMap::new, Collectors.toList()));
    }

    /** {@code T} stands for each type where there is a function for all of them. */
    private static String signatures(List<KernelFunction> functions) {
        Set<ValueType> last = functions.stream()
                .map(function -> function.takes().get(function.takes().size() - 1))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ValueType.class)));
        if (last.equals(EnumSet.allOf(ValueType.class)) && functions.size() == last.size()) {
            KernelFunction one = functions.get(0);
            return signature(one).replace(last.iterator().next().wireName(), "T");
        }
        return functions.stream().map(ExpressionsDocumentTests::signature).collect(Collectors.joining("<br>"));
    }

    private static String signature(KernelFunction function) {
        return function.takes().stream().map(ValueType::wireName).collect(Collectors.joining(", ")) + " → "
                + function.gives().wireName();
    }

    private static Set<String> withoutKernel() {
        Set<String> names = new TreeSet<>(Language.functionNames());
        Functions.all().forEach(function -> names.remove(function.name()));
        names.removeAll(List.of("math.greatest", "math.least"));
        return names;
    }
}

package io.strandline.api.function;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a document tells a {@link RowFunction}.
 *
 * @param values by name; each a {@link String}, {@link Long}, {@link Double}, {@link Boolean}, or a list or map of those
 */
public record Configuration(Map<String, Object> values) {

    public Configuration {
        values = Map.copyOf(values);
    }

    /** Nothing. */
    public static Configuration empty() {
        return new Configuration(Map.of());
    }

    /** A string; {@code otherwise} when there is none. */
    public String text(String name, @Nullable String otherwise) {
        return get(name, otherwise, String.class, "a string");
    }

    /** A whole number; {@code otherwise} when there is none. */
    public long number(String name, @Nullable Long otherwise) {
        return get(name, otherwise, Long.class, "a whole number");
    }

    /** A number; {@code otherwise} when there is none. */
    public double real(String name, @Nullable Double otherwise) {
        return get(name, otherwise, Number.class, "a number").doubleValue();
    }

    /** Refuses every name but these, so that a misspelt one is not passed over. */
    public void allow(String... names) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(Set.of(names));
        for (String name : unknown) {
            throw new ConfigurationException(
                    name, "there is no setting '%s' (there are: %s)".formatted(name, String.join(", ", names)));
        }
    }

    private <T> T get(String name, @Nullable T otherwise, Class<T> type, String wanted) {
        Object value = values.getOrDefault(name, otherwise);
        if (value == null) {
            throw new ConfigurationException(name, wanted + " is required; found nothing");
        }
        if (!type.isInstance(value)) {
            throw new ConfigurationException(name, wanted + " is expected; found " + value);
        }
        return type.cast(value);
    }
}

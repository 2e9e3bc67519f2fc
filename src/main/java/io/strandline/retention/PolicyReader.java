package io.strandline.retention;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.strandline.snapshot.SnapshotKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads a policy document from JSON and names every mistake with its place. */
public final class PolicyReader {

    private static final int MAX_COUNT = 1_000_000;

    private final PolicyLevel level;
    private final String place;
    private final Map<PolicyField, Optional<Object>> fields = new EnumMap<>(PolicyField.class);
    private final List<FieldError> mistakes = new ArrayList<>();

    private PolicyReader(PolicyLevel level, String place) {
        this.level = level;
        this.place = place;
    }

    /**
     * Reads what one level says.
     *
     * @throws io.strandline.problem.StrandlineException {@code invalid-policy} with a pointer for each mistake
     */
    public static PolicyDocument read(JsonNode json, PolicyLevel level) {
        return read(json, level, "");
    }

    /** The same for a policy that lies somewhere in a document, at the pointer {@code place}. */
    public static PolicyDocument read(JsonNode json, PolicyLevel level, String place) {
        PolicyReader reader = new PolicyReader(level, place);
        reader.readObject(json, "");
        reader.refuseMistakes();
        return new PolicyDocument(reader.fields);
    }

    private void refuseMistakes() {
        if (!mistakes.isEmpty()) {
            FieldError first = mistakes.get(0);
            throw Problem.of(
                            ErrorCode.INVALID_POLICY,
                            "The policy has " + Words.count(mistakes.size(), "mistake") + ": " + first.pointer() + " "
                                    + first.detail())
                    .withErrors(placed(mistakes))
                    .asException();
        }
    }

    private List<FieldError> placed(List<FieldError> errors) {
        return errors.stream()
                .map(error -> new FieldError(place + error.pointer(), error.detail()))
                .toList();
    }

    private void readObject(JsonNode json, String prefix) {
        if (!json.isObject()) {
            mistakes.add(new FieldError(prefix, "has to be an object, not " + describe(json)));
            return;
        }
        json.properties().forEach(entry -> readMember(prefix + "/" + escape(entry.getKey()), entry.getValue()));
    }

    private void readMember(String pointer, JsonNode value) {
        List<PolicyField> grouped = group(pointer);
        Optional<PolicyField> field = Arrays.stream(PolicyField.values())
                .filter(candidate -> candidate.pointer().equals(pointer))
                .findFirst();
        if (field.isPresent()) {
            readField(field.get(), value);
        } else if (grouped.isEmpty()) {
            refuse(pointer);
        } else if (value.isNull()) {
            grouped.forEach(member -> fields.put(member, Optional.empty()));
        } else {
            readObject(value, pointer);
        }
    }

    private static List<PolicyField> group(String pointer) {
        return Arrays.stream(PolicyField.values())
                .filter(field -> !field.group().isEmpty() && pointer.equals("/" + field.group()))
                .toList();
    }

    private void refuse(String pointer) {
        String known =
                Arrays.stream(PolicyField.values()).map(PolicyField::path).collect(Collectors.joining(", "));
        mistakes.add(new FieldError(pointer, "is not a field of a policy; the fields are " + known));
    }

    private void readField(PolicyField field, JsonNode value) {
        if (field == PolicyField.SCHEDULE && level == PolicyLevel.OVERRIDE) {
            mistake(field, "has no meaning for a single plan; leave it out");
        } else if (value.isNull()) {
            fields.put(field, Optional.empty());
        } else {
            Optional<?> read = switch (field.type()) {
                case COUNT -> readCount(field, value);
                case BYTES -> readBytes(field, value);
                case LABELS -> readLabels(field, value);
                case DURATION -> readDuration(field, value);
                case KINDS -> readKinds(field, value);
                case ZONE -> readZone(field, value);
            };
            read.ifPresent(parsed -> fields.put(field, Optional.of(parsed)));
        }
    }

    private Optional<Integer> readCount(PolicyField field, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            int count = value.intValue();
            if (count >= 0 && count <= MAX_COUNT) {
                return Optional.of(count);
            }
        }
        return mistake(field, "has to be a whole number from 0 to " + MAX_COUNT + ", not " + describe(value));
    }

    private Optional<Long> readBytes(PolicyField field, JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? Optional.of(value.longValue())
                : mistake(field, "has to be a whole number of bytes, not " + describe(value));
    }

    private Optional<Set<String>> readLabels(PolicyField field, JsonNode value) {
        if (!value.isArray()) {
            return mistake(field, "has to be a list of labels, each a name or name=value, not " + describe(value));
        }
        Set<String> labels = new TreeSet<>();
        int index = 0;
        for (JsonNode element : value) {
            if (element.isString()
                    && !element.stringValue().isEmpty()
                    && !element.stringValue().startsWith("=")) {
                labels.add(element.stringValue());
            } else {
                mistakes.add(new FieldError(
                        field.pointer() + "/" + index, "has to be a name or name=value, not " + describe(element)));
            }
            index++;
        }
        return Optional.of(labels);
    }

    private Optional<Duration> readDuration(PolicyField field, JsonNode value) {
        String wanted = "has to be a duration such as P7D, PT1H or PT5M, not " + describe(value);
        if (!value.isString()) {
            return mistake(field, wanted);
        }
        try {
            Duration duration = Duration.parse(value.stringValue());
            boolean tooShort = duration.isNegative() || (field == PolicyField.SCHEDULE && duration.toSeconds() < 1);
            return tooShort ? mistake(field, wanted) : Optional.of(duration);
        } catch (DateTimeException e) {
            return mistake(field, wanted);
        }
    }

    private Optional<Set<SnapshotKind>> readKinds(PolicyField field, JsonNode value) {
        if (!value.isArray()) {
            return mistake(field, "has to be a list of " + Arrays.toString(SnapshotKind.values()));
        }
        Set<SnapshotKind> kinds = EnumSet.noneOf(SnapshotKind.class);
        int index = 0;
        for (JsonNode element : value) {
            Optional<SnapshotKind> kind = Arrays.stream(SnapshotKind.values())
                    .filter(candidate -> element.isString() && candidate.name().equals(element.stringValue()))
                    .findFirst();
            if (kind.isEmpty()) {
                mistakes.add(new FieldError(
                        field.pointer() + "/" + index,
                        "has to be one of " + Arrays.toString(SnapshotKind.values()) + ", not " + describe(element)));
            }
            kind.ifPresent(kinds::add);
            index++;
        }
        return Optional.of(kinds);
    }

    private Optional<ZoneId> readZone(PolicyField field, JsonNode value) {
        String wanted = "has to be a time zone such as UTC or Europe/Berlin, not " + describe(value);
        if (!value.isString()) {
            return mistake(field, wanted);
        }
        try {
            return Optional.of(ZoneId.of(value.stringValue()));
        } catch (DateTimeException e) {
            return mistake(field, wanted);
        }
    }

    private <T> Optional<T> mistake(PolicyField field, String detail) {
        mistakes.add(new FieldError(field.pointer(), detail));
        return Optional.empty();
    }

    private static String describe(JsonNode value) {
        String text = value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

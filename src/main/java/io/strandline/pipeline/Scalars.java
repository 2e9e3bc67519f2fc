package io.strandline.pipeline;

import io.strandline.expression.NearestName;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Single values as documents write them: sizes, durations, paths; and how any value is called in an answer. */
public final class Scalars {

    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(B|KB|MB|GB)?");
    private static final long KB = 1024;
    private static final long MB = KB * KB;
    private static final long GB = MB * KB;

    private Scalars() {}

    /** A size in bytes (or KB, MB, GB as powers of 1024), or nothing if the text is no size or too large to count. */
    public static Optional<Long> readBytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        long factor = unit == null || unit.equals("B") ? 1 : unit.equals("KB") ? KB : unit.equals("MB") ? MB : GB;
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(number * factor);
    }

    /** The shortest exact form. */
    public static String writeBytes(long bytes) {
        if (bytes > 0 && bytes % GB == 0) {
            return bytes / GB + "GB";
        }
        if (bytes > 0 && bytes % MB == 0) {
            return bytes / MB + "MB";
        }
        return bytes > 0 && bytes % KB == 0 ? bytes / KB + "KB" : Long.toString(bytes);
    }

    /** An ISO 8601 duration, or null if the text is none. */
    public static @Nullable Duration readDuration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether the text is anything but a relative path that stays below its root and shows in listings. */
    public static boolean isNoPathBelow(String path) {
        boolean strange = path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 0x7f);
        if (path.isBlank() || path.length() > 1_000 || strange) {
            return true;
        }
        return Stream.of(path.split("/", -1))
                .anyMatch(name -> name.isBlank() || name.startsWith(".") || name.length() > 200);
    }

    /** What was found, for people. */
    public static String describe(JsonNode node) {
        if (node.isString()) {
            return "'" + shorten(node.stringValue()) + "'";
        }
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "a list";
        }
        return node.isNull() ? "null (leave the field out instead)" : shorten(node.asString());
    }

    /** The nearest of the words, if the found text may be meant for it. */
    public static String hint(JsonNode found, List<String> words) {
        return found.isString() ? NearestName.hint(found.stringValue(), words) : "";
    }

    public static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

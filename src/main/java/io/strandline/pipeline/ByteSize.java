package io.strandline.pipeline;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as documents write them: bytes, or KB, MB, GB as powers of 1024. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(B|KB|MB|GB)?");
    private static final long KB = 1024;
    private static final long MB = KB * KB;
    private static final long GB = MB * KB;

    private ByteSize() {}

    /** The size in bytes, or nothing if the text is no size or too large to count. */
    static Optional<Long> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        long factor = unit == null || unit.equals("B") ? 1 : unit.equals("KB") ? KB : unit.equals("MB") ? MB : GB;
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(number * factor);
    }

    /** The shortest exact form. */
    static String write(long bytes) {
        if (bytes > 0 && bytes % GB == 0) {
            return bytes / GB + "GB";
        }
        if (bytes > 0 && bytes % MB == 0) {
            return bytes / MB + "MB";
        }
        return bytes > 0 && bytes % KB == 0 ? bytes / KB + "KB" : Long.toString(bytes);
    }
}

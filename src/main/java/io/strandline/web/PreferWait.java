package io.strandline.web;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the client is willing to wait for an operation ({@code Prefer: wait=N}, RFC 7240); a controller takes it as
 * an argument.
 *
 * @param duration zero if the client does not want to wait, at most a minute
 */
public record PreferWait(Duration duration) {

    private static final Duration MAX = Duration.ofSeconds(60);
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,6})\"?\\s*(?=$|[,;])");

    /** Reads the header; what is not understood is no preference, as the RFC has it. */
    public static PreferWait of(@Nullable String header) {
        if (header == null) {
            return new PreferWait(Duration.ZERO);
        }
        Matcher wait = WAIT.matcher(header);
        Duration asked = wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : Duration.ZERO;
        return new PreferWait(asked.compareTo(MAX) > 0 ? MAX : asked);
    }
}

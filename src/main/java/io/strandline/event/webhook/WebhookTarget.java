package io.strandline.event.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where events are sent to.
 *
 * @param name what it is called
 * @param url where it listens, {@code http} or {@code https}
 * @param signing what its requests are signed with
 * @param types names of the kinds of events it gets; none for all
 * @param jobs names of the jobs it hears of; none for all, and for what is about no job
 * @param giveUpAfter how long it is tried at short intervals while it fails
 */
public record WebhookTarget(
        String name, URI url, Signing signing, Set<String> types, Set<String> jobs, Duration giveUpAfter) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String SECRET = "whsec_";
    private static final int SHORTEST_SECRET = 24;
    private static final int LONGEST_SECRET = 64;

    public WebhookTarget {
        types = Set.copyOf(types);
        jobs = Set.copyOf(jobs);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a webhook's name takes a-z, 0-9, dot, dash and underscore: " + name);
        }
    }

    /**
     * An address as the settings have it.
     *
     * @throws IllegalArgumentException when it is not one, saying why without repeating what may be secret in it
     */
    public static URI address(String text) {
        try {
            URI url = new URI(text);
            if (url.getScheme() == null
                    || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
                    || url.getHost() == null) {
                throw new IllegalArgumentException("use http://host/path or https://host/path");
            }
            if (url.getUserInfo() != null || url.getFragment() != null) {
                throw new IllegalArgumentException("leave out user and fragment; requests are signed instead");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL: " + e.getReason(), e);
        }
    }

    /**
     * A secret as the settings have it.
     *
     * @throws IllegalArgumentException when it is not one, without repeating it
     */
    public static Signing signing(String secret) {
        try {
            byte[] key = secret.startsWith(SECRET)
                    ? Base64.getDecoder().decode(secret.substring(SECRET.length()))
                    : new byte[0];
            if (key.length >= SHORTEST_SECRET && key.length <= LONGEST_SECRET) {
                return new Signing(key);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what follows whsec_ is not base64", e);
        }
        throw new IllegalArgumentException(
                "use whsec_ and the base64 of 24 to 64 random bytes, as of: openssl rand -base64 32");
    }

    /** Its address without what may be secret in it. */
    public String origin() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + "/…";
    }
}

package io.strandline.security.key;

import io.strandline.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller sends: {@code <id>.<secret>}, the secret being 256 random bits in base64url. A secret that random needs no slow
 * hash: nobody can try 2^255 of them.
 */
record Token(String id, String secret) {

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 10;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM = Pattern.compile("(sk-[a-z2-7]{16})\\.([A-Za-z0-9_-]{43})");

    /** A new key's. */
    static Token fresh(Random random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        long high = 0;
        StringBuilder id = new StringBuilder("sk-");
        int bits = 0;
        for (byte next : bytes) {
            high = high << 8 | next & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                id.append(LETTERS.charAt((int) (high >>> bits & 31)));
            }
        }
        return again(id.toString(), random);
    }

    /** Another secret for a key. */
    static Token again(String id, Random random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Token(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<Token> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Token(form.group(1), form.group(2))) : Optional.empty();
    }

    /** SHA-256 of the secret in hex. */
    String hash() {
        return Sha256.hex(secret);
    }

    /** Whether a hash is of this secret; takes as long whichever byte differs. */
    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** As the caller sends it. */
    String text() {
        return id + "." + secret;
    }

    /** Without the secret, lest it end up in a log. */
    @Override
    public String toString() {
        return id + ".…";
    }
}

package io.strandline.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Values that nobody sends by intention. */
final class Junk {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "..",
            "../../etc/passwd",
            "a/b",
            "a\\b",
            "%",
            "%2F",
            "\u0000",
            "\u0001\u001f",
            "\ud83d\ude80",
            "\u202e\u0301",
            "ÄÖÜß漢字",
            "null",
            "true",
            "[]",
            "{}",
            "'; drop table job; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "#{1+1}",
            "-1",
            "0",
            "1e400",
            "NaN",
            "9223372036854775808",
            "99999999999999999999999999",
            "-9223372036854775808",
            "2147483648",
            "main~",
            "main~0",
            "main~99999999999",
            "main~-1",
            "main@",
            "main@yesterday",
            "main@+1000000000-12-31T23:59:59Z",
            "main@-999999999-01-01T00:00:00Z",
            "latest~1~2@",
            "latest-verified",
            "@",
            "~",
            "PT",
            "P-1D",
            "P99999999999D",
            "PT0S",
            "-PT1S",
            "1970-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "01957a3c-5f70-7d4e-9b52-3f2a8c1d6e4",
            "sha256:zz",
            "a".repeat(64),
            "a".repeat(300),
            "x".repeat(5_000));

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "-1e-400",
            "1.5",
            "9223372036854775807",
            "9223372036854775808",
            "123456789012345678901234567890",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude80\"",
            "[]",
            "[null]",
            "[[]]",
            "[1, \"a\", null, {}]",
            "{}",
            "{\"\": null}",
            "{\"a\": 1, \"a\": 2}",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"P99999999999D\"",
            "\"PT0S\"");

    private static final List<String> BODIES = List.of(
            "",
            "null",
            "0",
            "\"text\"",
            "[]",
            "[{}]",
            "{",
            "{\"a\":}",
            "{} {}",
            "\ufeff{}",
            "{\"\\u0000\": 1}",
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "{\"a\": \"" + "x".repeat(200_000) + "\"}",
            "a: &a [*a]\n",
            "%YAML 9.9\n---\n!!java.net.URL [\"http://localhost/\"]\n",
            "\u0001\u0002\u0003");

    private final Random random;

    Junk(Random random) {
        this.random = random;
    }

    String text() {
        return one(TEXTS);
    }

    /** A JSON value. */
    String value() {
        return random.nextInt(4) == 0 ? quoted(text()) : one(VALUES);
    }

    String body() {
        return one(BODIES);
    }

    /** A cursor whose checksum is right and whose content is not what the list gave out. */
    String cursor(String list) {
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            DataOutputStream parts = new DataOutputStream(content);
            parts.writeUTF(list);
            for (int i = random.nextInt(4); i >= 0; i--) {
                parts.writeUTF(text());
            }
            CRC32C checksum = new CRC32C();
            checksum.update(content.toByteArray());
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            new DataOutputStream(whole).writeInt((int) checksum.getValue());
            whole.write(content.toByteArray());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Text as a JSON string. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            quoted.append(c < 0x20 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return quoted.append('"').toString();
    }
}

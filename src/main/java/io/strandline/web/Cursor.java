package io.strandline.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/** Turns a sort key into text that clients pass back unread: checksum, list name and key parts in base64url. */
final class Cursor {

    private static final int CHECKSUM_BYTES = 4;

    private Cursor() {}

    static String encode(String list, List<String> key) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(bytes);
            body.writeUTF(list);
            for (String part : key) {
                body.writeUTF(part);
            }
            byte[] content = bytes.toByteArray();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(whole);
            out.writeInt(checksum(content));
            out.write(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    static List<String> decode(String list, String text, int parts) {
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text);
            if (whole.length < CHECKSUM_BYTES) {
                throw invalid(list);
            }
            byte[] content = Arrays.copyOfRange(whole, CHECKSUM_BYTES, whole.length);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(whole));
            if (in.readInt() != checksum(content) || !in.readUTF().equals(list)) {
                throw invalid(list);
            }
            List<String> key = new ArrayList<>(parts);
            for (int i = 0; i < parts; i++) {
                key.add(in.readUTF());
            }
            return key;
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(list);
        }
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }

    static StrandlineException invalid(String list) {
        String detail = "The cursor was not given out by the list of " + list + "; begin again without it.";
        return Problem.of(ErrorCode.INVALID_CURSOR, detail)
                .withError("?cursor", detail)
                .asException();
    }
}
